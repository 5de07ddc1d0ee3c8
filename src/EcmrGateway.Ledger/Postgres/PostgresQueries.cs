using System.Text;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>The reads; each takes a connection of the pool, and is prepared there on its second use.</summary>
/// <param name="logId">Name of the key's log; each shard's is derived from it.</param>
internal sealed class PostgresQueries(NpgsqlDataSource source, string logId)
{
    private const string Entry =
        "SELECT shard, idx, kind, party, id, version, received_ms, content_sha256, payload FROM ledger.entries";

    private const string Fact = "SELECT shard, idx, received_ms, fact, trace_parent FROM ledger.facts";

    private const string Head = "SELECT shard, size, root, time_ms, signature";

    public async Task<LedgerEntry?> EntryAsync(LedgerPosition position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"{Entry} WHERE shard = $1 AND idx = $2");
        AddPlace(command, position.Shard, position.Index);
        return await EntriesAsync(command, cancellation) is [var entry] ? entry : null;
    }

    public async Task<LedgerPosition?> FindIdAsync(
        EntryKind kind, string party, string id, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT shard, idx FROM ledger.ids WHERE party = $1 AND kind = $2 AND id = $3");
        command.Parameters.Add(new() { Value = Encoding.UTF8.GetBytes(party) });
        command.Parameters.Add(new() { Value = (short)kind });
        command.Parameters.Add(new() { Value = Encoding.UTF8.GetBytes(id) });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? LedgerPosition.Of(row.GetInt32(0), row.GetInt64(1)) : null;
    }

    public async Task<bool> HasRequestAsync(string party, string requestId, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT 1 FROM ledger.requests WHERE party = $1 AND request_id = $2");
        command.Parameters.Add(new() { Value = Encoding.UTF8.GetBytes(party) });
        command.Parameters.Add(new() { Value = Encoding.UTF8.GetBytes(requestId) });
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    /// <summary>By shard and index.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> PartyAsync(
        EntryKind kind, string party, LedgerMark after, int limit, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT e.shard, e.idx, e.kind, e.party, e.id, e.version, e.received_ms, e.content_sha256, e.payload "
            + "FROM ledger.listed($1, $2, $3, $4) AS l JOIN ledger.entries e ON e.shard = l.shard AND e.idx = l.idx "
            + "ORDER BY e.shard, e.idx");
        long[] marks = [.. Enumerable.Range(0, after.ShardCount).Select(shard => after[shard])];
        command.Parameters.Add(new() { Value = Encoding.UTF8.GetBytes(party) });
        command.Parameters.Add(new() { Value = (short)kind });
        command.Parameters.Add(new() { Value = marks, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = limit });
        return await EntriesAsync(command, cancellation);
    }

    public async Task<IReadOnlyList<RecordedFact>> FactsAsync(
        int shard, long after, int limit, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"{Fact} WHERE shard = $1 AND idx > $2 ORDER BY idx LIMIT $3");
        AddPlace(command, shard, after);
        command.Parameters.Add(new() { Value = limit });
        return await FactsAsync(command, cancellation);
    }

    public async Task<IReadOnlyList<RecordedFact>> FactsBackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"{Fact} WHERE shard = $1 AND idx < $2 ORDER BY idx DESC LIMIT $3");
        AddPlace(command, shard, before);
        command.Parameters.Add(new() { Value = limit });
        return await FactsAsync(command, cancellation);
    }

    public async Task<IReadOnlyList<IReadOnlyList<RecordedFact>>> SubjectsAsync(
        IReadOnlyList<SubjectRead> reads, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT shard, idx, received_ms, fact, trace_parent, number "
            + "FROM ledger.histories($1, $2, $3, $4, $5)");
        command.Parameters.Add(new() { Value = reads.Select(read => SubjectColumn.Of(read.Subject.Value)).ToArray() });
        command.Parameters.Add(new() { Value = reads.Select(read => (short)read.Kind).ToArray() });
        command.Parameters.Add(new() { Value = reads.Select(read => (short)read.Entries).ToArray() });
        command.Parameters.Add(new() { Value = reads.Select(read => SubjectKey.SinceMilliseconds(read)).ToArray() });
        command.Parameters.Add(new() { Value = reads.Select(read => read.Limit).ToArray() });
        var histories = reads.Select(_ => new List<RecordedFact>()).ToArray();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            histories[rows.GetInt64(5) - 1].Add(FactOf(rows));
        }

        return histories;
    }

    /// <summary>What the statement of an entry says.</summary>
    public async Task<StatedEntry?> StatedAsync(LedgerPosition position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"SELECT {StatedRow.Columns} FROM ledger.entries e WHERE e.shard = $1 AND e.idx = $2");
        AddPlace(command, position.Shard, position.Index);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? StatedRow.Read(row) : null;
    }

    /// <summary>The batch that a position is in: index of its first entry, and the signed head after it.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<(long First, TreeHead Head)?> BatchAsync(
        LedgerPosition position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"{Head}, octet_length(leaves) FROM ledger.batches WHERE shard = $1 AND size > $2 ORDER BY size LIMIT 1");
        AddPlace(command, position.Shard, position.Index);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? (row.GetInt64(1) - (row.GetInt32(5) / MerkleHash.Length), HeadOf(row))
            : null;
    }

    /// <summary>The newest committed head of every shard.</summary>
    public async Task<List<(int Shard, CommittedHead Head)>> HeadsAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"{Head}, fact_index FROM ledger.shards ORDER BY shard");
        List<(int, CommittedHead)> heads = [];
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            heads.Add((rows.GetInt32(0), new(HeadOf(rows), rows.GetInt64(5))));
        }

        return heads;
    }

    private TreeHead HeadOf(NpgsqlDataReader row) => new()
    {
        LogId = TreeHeads.LogIdOf(logId, row.GetInt32(0)),
        TreeSize = (ulong)row.GetInt64(1),
        RootHash = UnsafeByteOperations.UnsafeWrap(BytesOf(row, 2)),
        Time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))),
        Signature = UnsafeByteOperations.UnsafeWrap(BytesOf(row, 4)),
    };

    private static async Task<IReadOnlyList<LedgerEntry>> EntriesAsync(
        NpgsqlCommand command, CancellationToken cancellation)
    {
        List<LedgerEntry> entries = [];
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            entries.Add(new(
                LedgerPosition.Of(rows.GetInt32(0), rows.GetInt64(1)), (EntryKind)rows.GetInt16(2), TextOf(rows, 3),
                TextOf(rows, 4), rows.GetInt32(5), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(6)),
                BytesOf(rows, 8), BytesOf(rows, 7)));
        }

        return entries;
    }

    private static async Task<IReadOnlyList<RecordedFact>> FactsAsync(
        NpgsqlCommand command, CancellationToken cancellation)
    {
        List<RecordedFact> facts = [];
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            facts.Add(FactOf(rows));
        }

        return facts;
    }

    private static RecordedFact FactOf(NpgsqlDataReader row) => new(
        LedgerPosition.Of(row.GetInt32(0), row.GetInt64(1)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), BytesOf(row, 3), row.GetString(4));

    private static void AddPlace(NpgsqlCommand command, int shard, long index)
    {
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = index });
    }

    internal static byte[] BytesOf(NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    internal static string TextOf(NpgsqlDataReader row, int column) => Encoding.UTF8.GetString(BytesOf(row, column));
}
