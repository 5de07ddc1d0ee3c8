namespace EcmrGateway.Faults.Engines;

/// <summary>The gateway as production has it: each role a process, scoring twice.</summary>
internal sealed class Copies : IDisposable
{
    private readonly string _program;
    private readonly string _folder;
    private readonly Row _row;

    public Copies(string program, string folder, Row row)
    {
        (_program, _folder, _row) = (program, folder, row);
        Ingress = New("ingress");
        Relay = New("relay");
        Scoring = [New("scoring"), New("scoring")];
        Inspection = New("inspection");
    }

    public GatewayProcess Ingress { get; }

    public GatewayProcess Relay { get; }

    public GatewayProcess[] Scoring { get; }

    public GatewayProcess Inspection { get; }

    public GatewayProcess[] All => [Ingress, Relay, .. Scoring, Inspection];

    /// <summary>One more of a role; it is not started.</summary>
    public GatewayProcess New(string role) => new(_program, _folder, [.. _row.Settings, $"--Roles={role}"]);

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
    }
}
