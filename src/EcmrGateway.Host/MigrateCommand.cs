using System.Globalization;
using EcmrGateway.Ledger;

namespace EcmrGateway.Host;

/// <summary><c>ecmr-gateway migrate</c>: brings the tables of PostgreSQL up to date and ends.</summary>
/// <remarks>Needs the section Ledger alone, with the owner of the tables, and no keys. It serves nothing.</remarks>
internal static class MigrateCommand
{
    public const string Name = "migrate";

    /// <exception cref="LedgerOpenException">It cannot be done; the message names the setting.</exception>
    public static async Task RunAsync(string[] args)
    {
        var configuration = GatewayHost.CreateBuilder(args).Configuration;
        KnownSettings.Check(configuration);
        var options = configuration.GetSection(LedgerOptions.Section).Get<LedgerOptions>() ?? new();
        var result = await LedgerMigration.RunAsync(options, TimeProvider.System, CancellationToken.None);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"The ledger's tables are at {result.Newest}; migrations applied: {result.Applied}."));
    }
}
