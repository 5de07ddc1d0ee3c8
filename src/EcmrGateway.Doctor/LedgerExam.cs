using System.Globalization;
using EcmrGateway.Ledger;

namespace EcmrGateway.Doctor;

/// <summary>The ledger's database: reached, sound, of this program, with these keys, and relayed.</summary>
internal static class LedgerExam
{
    private const string Check = "ledger";

    /// <summary>The oldest version that tests run on, as PostgreSQL numbers it.</summary>
    private const int VersionMin = 150_000;

    /// <summary>Facts that may wait for a relay: some seconds of a busy one.</summary>
    private const long LagMax = 100_000;

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        LedgerOptions? ledger, LedgerAccess access, TimeProvider time, CancellationToken cancellation)
    {
        if (ledger is not { Engine: LedgerOptions.Postgres })
        {
            return
            [
                Finding.NotChecked(
                    Check,
                    ledger is null
                        ? "The settings of the ledger cannot be read."
                        : "It is in a folder, which one process at a time may open; its /health/ledger tells."),
            ];
        }

        try
        {
            return [.. Findings(await LedgerCheckup.AskAsync(ledger, access, time, cancellation))];
        }
        catch (LedgerOpenException failure)
        {
            return
            [
                Finding.Wrong(
                    Check, failure.Message, "Mend the setting that is named, or start PostgreSQL; notes are refused."),
            ];
        }
    }

    private static IEnumerable<Finding> Findings(DatabaseReport report)
    {
        foreach (var finding in OfTheServer(report))
        {
            yield return finding;
        }

        if (report.SchemaProblem is { } problem)
        {
            yield return Finding.Wrong("tables", problem, "No process with these settings starts until then.");
            yield break;
        }

        yield return Finding.Ok("tables", "The tables are those of this program.");
        foreach (var setting in report.OtherKeys)
        {
            yield return Finding.Wrong(
                "keys", $"Ledger:{setting} is not the key that this ledger was made with.", "Put that key there.");
        }

        var lag = string.Create(CultureInfo.InvariantCulture, $"{report.RelayLag} facts wait for the relay.");
        yield return report.RelayLag <= LagMax
            ? Finding.Ok("lag", lag)
            : Finding.Warning("lag", lag, "See whether a relay runs and Kafka answers (ecmr_streaming_relay_lag).");
    }

    private static IEnumerable<Finding> OfTheServer(DatabaseReport report)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{(double)report.Bytes / (1 << 30):0.00} GiB");
        yield return report.VersionNumber < VersionMin
            ? Finding.Warning(
                Check, $"PostgreSQL {report.Version} is older than what the gateway is tested on, 15.", "Upgrade it.")
            : Finding.Ok(Check, string.Create(
                CultureInfo.InvariantCulture,
                $"PostgreSQL {report.Version} answers; {report.Entries} entries, {size}."));
        yield return Clocks.Compare("PostgreSQL", report.Ahead);
        if (report.NotDurable is { } weak)
        {
            yield return Finding.Wrong(
                Check, $"PostgreSQL has {weak} off: what it commits can be lost.", "Turn it on and reload.");
        }

        if (report.Connections * 10 > report.ConnectionsMax * 9)
        {
            yield return Finding.Warning(
                Check, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Connections} of PostgreSQL's {report.ConnectionsMax} connections are taken."),
                "Raise max_connections, or lower Ledger:WriteConnections and :ReadConnections.");
        }

        if (report.MayDoMore)
        {
            yield return Finding.Warning(
                Check, "Relay and scoring only read facts, and their login may read notes and add to the ledger too.",
                "Make it a member of ecmr_fact_reader alone.");
        }
    }
}
