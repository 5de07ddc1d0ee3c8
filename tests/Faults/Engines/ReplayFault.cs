using System.Text;
using Confluent.Kafka;
using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.DeadLetters;

namespace EcmrGateway.Faults.Engines;

/// <summary>
/// Kills the scoring processes while they hand over the records of a parked key: 1 a record that nobody can read, with
/// others of its key behind it, 2 parked, 3 the first given up by an operator, 4 the kill, 5 released all the same.
/// </summary>
/// <remarks>
/// In which order records are handed over cannot be seen from a score, which is the same in any; DeadLetterTests and
/// ParkedOrderTests look at that.
/// </remarks>
internal static class ReplayFault
{
    /// <summary>So many that to hand them over takes more than one batch.</summary>
    private const int Records = 600;
    private const int KillMsMax = 300;
    private const int Callers = 16;

    private static readonly TimeSpan ReleasedWithin = TimeSpan.FromMinutes(2);

    public static async Task KillAsync(Stage stage)
    {
        var desk = stage.Engines.Desk(stage.Row);
        var (note, receipt) = stage.Load.Held.Values.ElementAt(stage.Random.Next(stage.Load.Held.Count));
        var place = $"{receipt.TreeHead.LogId.Split('/')[^1]}:{receipt.LeafIndex}";
        var (partition, key) = await PoisonAsync(stage, place);
        await SubmitBehindAsync(stage, note);
        var parked = await FindAsync(desk, partition, key);
        await Wait.UntilAsync(
            async () => (parked = await FindAsync(desk, partition, key))?.Held.Count > Records,
            () => $"Of the key {parked?.Held.Count} records were parked.");
        var asked = desk.AskAsync(
            partition, parked!, ControlKind.Drop, parked!.Held.First().At, "a fault", ReleasedWithin,
            CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(stage.Random.Next(KillMsMax)), TimeProvider.System);
        await Task.WhenAll(stage.Copies.Scoring.Select(process => process.KillAsync()));
        var left = await FindAsync(desk, partition, key);
        stage.Notes.Add(left is null ? "killed after the release" : $"killed before the release, {left.State}");
        await Task.WhenAll(stage.Copies.Scoring.Select(process => process.StartAsync()));
        if (await asked is not { Kind: ControlKind.Released })
        {
            throw new TimeoutException($"The key was not released; it was {left?.State} when they were killed.");
        }

        // A process that is killed right after a release may park the key once more; that takes an operator again.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        while (await FindAsync(desk, partition, key) is { State: ParkedState.Parked } again)
        {
            stage.Notes.Add("parked again");
            await desk.AskAsync(
                partition, again, ControlKind.Drop, again.Held.First().At, "a fault", ReleasedWithin,
                CancellationToken.None);
        }
    }

    /// <summary>Writes bytes that are no fact under the key of the fact at a place.</summary>
    private static Task<(int Partition, string Key)> PoisonAsync(Stage stage, string place) => Task.Run(async () =>
    {
        ConsumeResult<byte[], byte[]>? record = null;
        await Wait.UntilAsync(
            () =>
            {
                using var consumer = stage.Engines.Consumer();
                record = TopicAudit.Read(consumer, stage.Row.Topic).Find(
                    one => Encoding.UTF8.GetString(one.Message.Headers.GetLastBytes("ce_id")) == place);
                return record is not null;
            },
            () => $"The fact {place} is not on the topic.");
        var (at, of) = (record!.TopicPartition, record.Message);
        using var producer = stage.Engines.Producer();
        await producer.ProduceAsync(at, new() { Key = of.Key, Headers = of.Headers, Value = [0xFF] });
        return (at.Partition.Value, KeyText.Of(of.Key));
    });

    /// <summary>Further notes of the same carrier: as one that is held, with ids of their own.</summary>
    private static async Task SubmitBehindAsync(Stage stage, ConsignmentNote note)
    {
        var headers = await stage.Copies.Ingress.AsAsync("submitter", EngineLoad.Party);
        var client = new IngressService.IngressServiceClient(stage.Copies.Ingress.Channel);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Records), new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (_, cancellation) =>
            {
                var next = note.Clone();
                next.NoteId = Guid.NewGuid().ToString();
                var answer = await client.SubmitAsync(
                    new() { Note = next }, headers, cancellationToken: cancellation);
                stage.Load.Hold(next, answer.Receipt);
            });
    }

    private static async Task<ParkedKey?> FindAsync(DeadLetterDesk desk, int partition, string key) =>
        (await desk.ReadAsync(CancellationToken.None)).Single(one => one.Partition == partition).Keys.Find(key);
}
