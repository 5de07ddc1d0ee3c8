using Confluent.Kafka;
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
    private const int RecordsMax = 2_000;
    private const int KillMsMax = 400;

    private static readonly TimeSpan ParkedWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReleasedWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task KillAsync(Stage stage)
    {
        var desk = stage.Engines.Desk(stage.Row);
        var first = await Task.Run(() => Poison(stage));
        var key = KeyText.Of(first.Message.Key);
        var parked = await ParkedAsync(desk, first.Partition.Value, key);
        var asked = desk.AskAsync(
            first.Partition.Value, parked, ControlKind.Drop, parked.Held.First().At, "a fault", ReleasedWithin,
            CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(stage.Random.Next(KillMsMax)), TimeProvider.System);
        await Task.WhenAll(stage.Copies.Scoring.Select(process => process.KillAsync()));
        var left = await FindAsync(desk, first.Partition.Value, key);
        stage.Notes.Add(left is null ? "killed after the release" : $"killed before the release ({left.State})");
        await Task.WhenAll(stage.Copies.Scoring.Select(process => process.StartAsync()));
        if (await asked is not { Kind: ControlKind.Released } && left is not null)
        {
            throw new TimeoutException("The key was not released.");
        }
    }

    /// <summary>Bytes that are no fact, and behind them all records of their key once more.</summary>
    private static ConsumeResult<byte[], byte[]> Poison(Stage stage)
    {
        using var consumer = stage.Engines.Consumer();
        using var producer = stage.Engines.Producer();
        var ofKeys = TopicAudit.Read(consumer, stage.Row.Topic)
            .GroupBy(record => KeyText.Of(record.Message.Key)).Select(records => records.ToList()).ToList();
        var records = ofKeys[stage.Random.Next(ofKeys.Count)];
        var (at, of) = (records[0].TopicPartition, records[0].Message);
        producer.Produce(at, new() { Key = of.Key, Headers = of.Headers, Value = [0xFF] });
        for (var sent = 0; sent < RecordsMax; sent++)
        {
            producer.Produce(at, records[sent % records.Count].Message);
        }

        producer.Flush(TimeSpan.FromSeconds(30));
        return records[0];
    }

    private static async Task<ParkedKey> ParkedAsync(DeadLetterDesk desk, int partition, string key)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await FindAsync(desk, partition, key) is { } parked && parked.Held.Count > RecordsMax)
            {
                return parked;
            }

            if (TimeProvider.System.GetElapsedTime(started) > ParkedWithin)
            {
                throw new TimeoutException("The key was not parked.");
            }

            await Task.Delay(Poll, TimeProvider.System);
        }
    }

    private static async Task<ParkedKey?> FindAsync(DeadLetterDesk desk, int partition, string key) =>
        (await desk.ReadAsync(CancellationToken.None)).Single(one => one.Partition == partition).Keys.Find(key);
}
