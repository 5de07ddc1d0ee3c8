using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Ecmr.Receipt.V1;
using Google.Protobuf;
using Npgsql;

namespace EcmrGateway.Faults.Engines;

/// <summary>The bad twin of the table: breaks one promise after the other, and the audit has to notice each.</summary>
/// <remarks>What is compared first is broken first: rankings, receipts, the ledger, and the topic at last.</remarks>
internal sealed class EngineCheck(string program, int seed)
{
    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(1);

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        await using var engines = await EngineSet.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ecmr-faults-").FullName;
        var row = await engines.NewRowAsync();
        var copies = new Copies(program, folder, row, clocked: null);
        try
        {
            await copies.StartAsync();
            var load = EngineLoad.New();
            await EngineLoad.RunAsync(
                copies, load, (ulong)seed, () => Task.Delay(LoadTime, TimeProvider.System));
            return await BreakAsync(
                engines, copies, row, load, await EngineAudit.OfAsync(engines, copies, row, load));
        }
        finally
        {
            copies.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> BreakAsync(
        EngineSet engines, Copies copies, Row row, Load load, EngineAudit audit)
    {
        var found = await audit.RunAsync();
        Console.WriteLine($"nothing is broken: {found}");
        var failed = found.IsClean ? 0 : 1;

        await ChangeRankingsAsync(engines);
        Tell("a vehicle is gone from each ranking", "differing", await audit.DifferingAsync());

        var receipts = load.Held.Values.Select(held => held.Receipt).Take(3).ToList();
        await ExecuteAsync(row, "UPDATE ledger.entries SET payload = substr(payload, 2)" + At(receipts[0]));
        Tell("a note is altered", "lost", (await audit.LostAsync()).Lost);
        await ExecuteAsync(row, "DELETE FROM ledger.entries" + At(receipts[0]));
        await ExecuteAsync(row, "DELETE FROM ledger.ids" + At(receipts[0]));
        Tell("a note is deleted, and leaves a gap", "lost", (await audit.LostAsync()).Lost - 1);
        AlterReceipt(load, receipts[1]);
        Tell("a receipt is altered: no reading, no proof", "lost", (await audit.LostAsync()).Lost - 2);

        var held = load.Held.Values.Single(one => one.Receipt == receipts[2]);
        load.Hold(held.Note, receipts[0]);
        Tell("a note has two receipts", "doubled", await audit.DoubledAsync());
        await ExecuteAsync(
            row,
            "INSERT INTO ledger.entries SELECT shard, idx + 1000000, kind, party, id, version, received_ms, "
            + "content_sha256, salt, payload FROM ledger.entries" + At(receipts[2]));
        Tell("an entry is there twice", "doubled", await audit.DoubledAsync() - 1);

        await copies.Relay.KillAsync();
        await ExecuteAsync(row, MoreFacts(receipts[2], from: 1_000_000));
        Tell("two facts are not on the topic", "missing", await audit.MissingAsync());
        await WriteAsync(engines, row, ShardOf(receipts[2]), 1_000_001, 1_000_000);
        Tell("two facts are there in the wrong order", "missing", await audit.MissingAsync());
        Console.WriteLine(failed == 0 ? "check: all were noticed" : "check: NOT all were noticed");
        return failed;

        void Tell(string broken, string column, int count)
        {
            failed |= count > 0 ? 0 : 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{broken}: {column} {count}, {(count > 0 ? "noticed" : "NOT NOTICED")}"));
        }
    }

    private static Task ChangeRankingsAsync(EngineSet engines) => engines.OnRedisAsync(
        "EVAL", "for _, key in ipairs(redis.call('KEYS', 'rank:*')) do redis.call('ZPOPMAX', key) end", 0);

    private static void AlterReceipt(Load load, Receipt receipt)
    {
        var (note, _) = load.Held.Values.Single(one => one.Receipt == receipt);
        var other = receipt.Clone();
        other.Statement = ByteString.CopyFrom([.. receipt.Statement.Span[..^1], (byte)(receipt.Statement[^1] ^ 1)]);
        load.Held[note.NoteId] = (note, other);
    }

    private static string MoreFacts(Receipt of, int from) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO ledger.facts SELECT f.shard, {from} + n, f.received_ms, f.trace_parent, f.fact ")
        + "FROM ledger.facts f, generate_series(0, 1) AS n" + At(of);

    private static int ShardOf(Receipt receipt) =>
        int.Parse(receipt.TreeHead.LogId.Split('/')[^1], CultureInfo.InvariantCulture);

    private static string At(Receipt receipt) => string.Create(
        CultureInfo.InvariantCulture, $" WHERE shard = {ShardOf(receipt)} AND idx = {receipt.LeafIndex}");

    private static async Task WriteAsync(EngineSet engines, Row row, int shard, params int[] indices)
    {
        using var producer = engines.Producer();
        foreach (var index in indices)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{shard}:{index}");
            await producer.ProduceAsync(
                new TopicPartition(row.Topic, shard),
                new() { Value = [0xFF], Headers = [new Header("ce_id", Encoding.UTF8.GetBytes(id))] });
        }
    }

    private static async Task ExecuteAsync(Row row, string statement)
    {
        await using var connection = new NpgsqlConnection(row.Database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        if (await command.ExecuteNonQueryAsync() == 0)
        {
            throw new InvalidOperationException($"Nothing was changed: {statement}");
        }
    }
}
