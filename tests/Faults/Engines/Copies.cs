using EcmrGateway.Engines;

namespace EcmrGateway.Faults.Engines;

/// <summary>The gateway as production has it: each role a process, scoring twice.</summary>
internal sealed class Copies : IDisposable
{
    private readonly string _program;
    private readonly string _folder;
    private readonly Row _row;

    /// <param name="clocked">The role, not inspection, of which one gets a clock to be stepped; null: none.</param>
    public Copies(string program, string folder, Row row, string? clocked)
    {
        (_program, _folder, _row) = (program, folder, row);
        Clock = clocked is null ? null : new();
        Ingress = New("ingress", clocked);
        Relay = New("relay", clocked);
        Scoring = [New("scoring", clocked), New("scoring")];
        Inspection = New("inspection");
        Clocked = clocked switch
        {
            "ingress" => Ingress,
            "relay" => Relay,
            "scoring" => Scoring[0],
            _ => null,
        };
    }

    /// <summary>Of <see cref="Clocked"/>.</summary>
    public StepClock? Clock { get; }

    /// <summary>A process of the role that was named.</summary>
    public GatewayProcess? Clocked { get; }

    public GatewayProcess Ingress { get; }

    public GatewayProcess Relay { get; }

    public GatewayProcess[] Scoring { get; }

    public GatewayProcess Inspection { get; }

    public GatewayProcess[] All => [Ingress, Relay, .. Scoring, Inspection];

    /// <summary>One more of a role; it is not started.</summary>
    public GatewayProcess New(string role, string? clocked = null) =>
        new(_program, _folder, [.. _row.Settings, $"--Roles={role}"])
        {
            Environment = role == clocked ? Clock!.Environment : new Dictionary<string, string>(),
        };

    public async Task StartAsync()
    {
        // The first one makes the tables and the keys.
        await Ingress.StartAsync();
        await Task.WhenAll(All.Skip(1).Select(process => process.StartAsync()));
    }

    public void Dispose()
    {
        foreach (var process in All)
        {
            process.Dispose();
        }

        Clock?.Dispose();
    }
}
