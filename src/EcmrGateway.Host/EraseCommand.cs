using System.Globalization;
using Ecmr.Inspection.V1;
using EcmrGateway.Host.Roles;
using EcmrGateway.Inspection.Erasure;
using EcmrGateway.Ledger;

namespace EcmrGateway.Host;

/// <summary><c>ecmr-gateway erase</c>: destroys the content of one note, at somebody's request, and ends.</summary>
/// <remarks>
/// Needs the section Ledger with the keys and, in PostgreSQL, the owner of the tables. Gateways may run meanwhile where
/// they share the ledger; one with its ledger in a folder must be stopped.
/// </remarks>
internal static class EraseCommand
{
    public const string Name = "erase";

    private static readonly string[] Arguments = ["party", "note", "actor", "purpose", "legal-basis"];

    /// <exception cref="SettingException">An argument is missing, or there is no such note.</exception>
    /// <exception cref="LedgerOpenException">The ledger cannot be opened, or not changed; it names the setting.
    /// </exception>
    public static async Task RunAsync(string[] args)
    {
        var builder = GatewayHost.CreateBuilder(args);
        KnownSettings.Check(builder.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddNoteLedger();
        if (Arguments.FirstOrDefault(name => builder.Configuration[name] is null or "") is { } missing)
        {
            throw new SettingException(
                $"--{missing} is missing. Needed: {string.Join(", ", Arguments.Select(name => $"--{name}"))}.");
        }

        await using var services = builder.Build();
        var erasure = new NoteErasure(services.Services.GetRequiredService<INoteLedger>(), TimeProvider.System);
        var (party, note) = (builder.Configuration["party"]!, builder.Configuration["note"]!);
        var reason = new AccessReason
        {
            Purpose = builder.Configuration["purpose"],
            LegalBasis = builder.Configuration["legal-basis"],
        };
        var erased = await EraseAsync(erasure, party, note, builder.Configuration["actor"]!, reason);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"The note {note} at {erased.Position.Value} is erased; access {erased.OperationId} is on record."));
    }

    private static async Task<ErasedNote> EraseAsync(
        NoteErasure erasure, string party, string note, string actor, AccessReason reason)
    {
        try
        {
            return await erasure.EraseAsync(party, note, actor, reason, CancellationToken.None)
                ?? throw new SettingException($"--party and --note: the party {party} has no note {note}.");
        }
        catch (Exception failure) when (failure is ArgumentException or LedgerUnavailableException)
        {
            throw new SettingException(failure.Message);
        }
    }
}
