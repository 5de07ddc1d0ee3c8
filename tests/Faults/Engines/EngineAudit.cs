using System.Globalization;

namespace EcmrGateway.Faults.Engines;

/// <summary>What was found after a fault.</summary>
/// <param name="Lost">Notes that are held and not as they were taken, receipts that do not verify, and gaps.</param>
/// <param name="Missing">Facts that are not on the topic, or not in order.</param>
/// <param name="Differing">Lines of the rankings that a recomputation from the ledger has not, or others.</param>
/// <param name="IsEmpty">Nothing was held, or nothing ranked: then there is nothing to find either.</param>
/// <param name="Detail">Of the lost.</param>
internal sealed record Found(
    int Receipts, int Lost, int Doubled, int Missing, int Differing, bool IsEmpty, string Detail)
{
    public bool IsClean => Lost + Doubled + Missing + Differing == 0 && !IsEmpty;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"receipts {Receipts}, lost {Lost}, doubled {Doubled}, missing {Missing}, differing {Differing}")
        + (Lost > 0 ? $"\n  {Detail}" : "");
}

/// <summary>Looks at everything after a fault: receipts, ledger, topic and rankings.</summary>
internal sealed class EngineAudit(EngineSet engines, Row row, Load load, Audit audit)
{
    private const int RelayedWithinSeconds = 30;

    public static async Task<EngineAudit> OfAsync(EngineSet engines, Copies copies, Row row, Load load) => new(
        engines, row, load,
        new(
            copies.Ingress, copies.Inspection, await copies.Ingress.AsAsync("submitter", EngineLoad.Party),
            await copies.Inspection.AsAsync("inspector", "ilt")));

    public async Task<Found> RunAsync()
    {
        var (lost, detail) = await LostAsync();
        var doubled = await DoubledAsync();
        var (warm, window) = await RankingAsync();

        // All that is scored came over the topic, or from the ledger; the relay has its time until here.
        var missing = await MissingAsync();
        for (var attempt = 0; missing > 0 && attempt < RelayedWithinSeconds; attempt++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            missing = await MissingAsync();
        }

        return new(
            load.Held.Count, lost, doubled, missing, await DifferingAsync(warm, window),
            load.Held.IsEmpty || warm.Length == 0, detail);
    }

    public async Task<(int Lost, string Detail)> LostAsync()
    {
        var (lost, unverifiable) = await audit.CheckHeldAsync(load, load.Held.Keys);
        var (_, gaps) = await TopicAudit.LedgerAsync(row.Database);
        return (
            lost + unverifiable + gaps,
            $"{lost} not as they were taken, {unverifiable} unverifiable, {gaps} gaps; a note was not read: "
            + audit.LastFailure);
    }

    public async Task<int> DoubledAsync() =>
        (await TopicAudit.LedgerAsync(row.Database)).Doubled + load.Doubled.Count;

    public Task<int> MissingAsync() => TopicAudit.MissingAsync(engines, row);

    /// <summary>Takes the content away, and compares the rankings with those made anew from the ledger.</summary>
    public async Task<int> DifferingAsync()
    {
        var (warm, window) = await RankingAsync();
        return await DifferingAsync(warm, window);
    }

    private async Task<(string Ranking, DateTimeOffset Window)> RankingAsync()
    {
        var window = TimeProvider.System.GetUtcNow();
        return (await audit.RankingAsync(window), window);
    }

    private async Task<int> DifferingAsync(string warm, DateTimeOffset window)
    {
        await engines.FlushAsync();
        var cold = (await audit.RankingAsync(window)).Split('\n');
        var before = warm.Split('\n');
        return before.Except(cold).Count() + cold.Except(before).Count();
    }
}
