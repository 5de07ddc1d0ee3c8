using EcmrGateway.Host.Roles;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Host;

/// <summary>Starts the gateway and says in one line what is wrong when it cannot start.</summary>
public static class GatewayProgram
{
    /// <summary>Exit code where a setting or the environment keeps the gateway from starting.</summary>
    public const int CannotStart = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = GatewayHost.Build(args);

            // Taken before the services are disposed of with the end of the run.
            var topic = app.Services.GetRequiredService<TopicCheck>();
            await app.RunAsync();
            return topic.Refusal is { } late ? await SayAsync(late) : 0;
        }
        catch (Exception refusal) when (refusal
            is OptionsValidationException or SettingException or LedgerOpenException or TopicException
            or IOException)
        {
            return await SayAsync(refusal);
        }
    }

    private static async Task<int> SayAsync(Exception refusal)
    {
        await Console.Error.WriteLineAsync($"ecmr-gateway cannot start: {refusal.Message}");
        return CannotStart;
    }
}
