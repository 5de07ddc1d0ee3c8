using System.Globalization;

namespace EcmrGateway.Faults.Engines;

/// <summary>What was found after a fault.</summary>
/// <param name="Lost">Notes that are held and not as they were taken, receipts that do not verify, and gaps.</param>
/// <param name="Missing">Facts that are not on the topic, or not in order.</param>
/// <param name="Differing">Lines of the rankings that a recomputation from the ledger has not, or others.</param>
/// <param name="IsEmpty">Nothing was held, or nothing ranked: then there is nothing to find either.</param>
internal sealed record Found(
    int Receipts, int Lost, int Doubled, int Missing, int Differing, bool IsEmpty, string Detail)
{
    public bool IsClean => Lost + Doubled + Missing + Differing == 0 && !IsEmpty;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"receipts {Receipts}, lost {Lost}, doubled {Doubled}, missing {Missing}, differing {Differing}{Detail}");
}

/// <summary>Looks at everything after a fault: receipts, ledger, topic and rankings.</summary>
internal static class EngineAudit
{
    private const int RelayedWithinSeconds = 30;

    public static async Task<Found> RunAsync(EngineSet engines, Copies copies, Row row, Load load, string party)
    {
        var audit = new Audit(
            copies.Ingress, copies.Inspection, await copies.Ingress.AsAsync("submitter", party),
            await copies.Inspection.AsAsync("inspector", "ilt"));
        var (lost, unverifiable) = await audit.CheckHeldAsync(load, load.Held.Keys);
        var (doubled, gaps) = await TopicAudit.LedgerAsync(row.Database);
        var window = TimeProvider.System.GetUtcNow();
        var warm = await audit.RankingAsync(window);

        // All that is scored came over the topic, or from the ledger; the relay has its time until here.
        var missing = await TopicAudit.MissingAsync(engines, row);
        for (var attempt = 0; missing > 0 && attempt < RelayedWithinSeconds; attempt++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            missing = await TopicAudit.MissingAsync(engines, row);
        }

        await engines.FlushAsync();
        var differing = Differing(warm, await audit.RankingAsync(window));
        return new(
            load.Held.Count, lost + unverifiable + gaps, doubled + load.Doubled.Count, missing, differing,
            load.Held.IsEmpty || warm.Length == 0,
            lost + unverifiable + gaps == 0
                ? ""
                : $"\n  of the lost {unverifiable} unverifiable, {gaps} gaps; a note was not read: {audit.LastFailure}");
    }

    private static int Differing(string warm, string cold)
    {
        var (left, right) = (warm.Split('\n'), cold.Split('\n'));
        return left.Except(right).Count() + right.Except(left).Count();
    }
}
