using System.Diagnostics;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using Npgsql;
using NpgsqlTypes;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>An entry that is there already, found by id or by request id.</summary>
/// <param name="Position">Of the entry with the id; None: there is none.</param>
/// <param name="ContentSha256">Its content; empty without an entry, and where it was erased.</param>
/// <param name="Requested">Whether the party has used the request id.</param>
internal readonly record struct Found(LedgerPosition Position, ReadOnlyMemory<byte> ContentSha256, bool Requested)
{
    public bool IsErased => Position != LedgerPosition.None && ContentSha256.IsEmpty;
}

/// <summary>The calls of a writer, on its own connection. For one caller at a time.</summary>
internal sealed class ShardCommands(NpgsqlConnection connection)
{
    private static readonly string Append =
        "SELECT moved, size, fact_index, frontier FROM ledger.append("
        + string.Join(", ", Enumerable.Range(1, 31).Select(number => $"${number}")) + ")";

    private const string Find =
        "SELECT shard, idx, content_sha256, requested FROM ledger.find($1, $2, $3, $4) ORDER BY ordinal";

    private const string Head = "SELECT size, fact_index, frontier FROM ledger.shards WHERE shard = $1";

    private const NpgsqlDbType SmallInts = NpgsqlDbType.Array | NpgsqlDbType.Smallint;
    private const NpgsqlDbType Ints = NpgsqlDbType.Array | NpgsqlDbType.Integer;
    private const NpgsqlDbType BigInts = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
    private const NpgsqlDbType Byteas = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
    private const NpgsqlDbType Uuids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;

    /// <summary>Writes a batch in one round trip; outside a transaction it is committed when this completes.</summary>
    /// <returns>Null: it is written. Otherwise the head that the shard has, and nothing was written.</returns>
    /// <exception cref="PostgresException">unique_violation: an id or a request id is there already.</exception>
    public async Task<ShardHead?> AppendAsync(
        int shard, ShardHead head, IReadOnlyList<PendingAppend> batch, BatchContent content, CommittedBatch grown)
    {
        var (levels, indices, hashes) = Nodes(grown.Tree, head.Size);
        var leaves = grown.Tree.LeavesFrom(head.Size);
        await using var command = new NpgsqlCommand(Append, connection);
        var parameters = command.Parameters;
        parameters.Add(new() { Value = shard });
        parameters.Add(new() { Value = head.Size });
        parameters.Add(new() { Value = content.Keys.Kinds, NpgsqlDbType = SmallInts });
        parameters.Add(new() { Value = content.Keys.Parties, NpgsqlDbType = Byteas });
        parameters.Add(new() { Value = content.Keys.Ids, NpgsqlDbType = Byteas });
        parameters.Add(new() { Value = content.Keys.Requests, NpgsqlDbType = Byteas });
        parameters.Add(new() { Value = content.Versions, NpgsqlDbType = Ints });
        parameters.Add(new() { Value = content.Received, NpgsqlDbType = BigInts });
        parameters.Add(new() { Value = content.Hashes, NpgsqlDbType = Byteas });
        parameters.Add(new() { Value = batch.Select(append => append.Salt).ToArray(), NpgsqlDbType = Byteas });
        parameters.Add(new() { Value = content.Payloads, NpgsqlDbType = Byteas });
        parameters.Add(new() { Value = content.ById, NpgsqlDbType = Ints });
        parameters.Add(new() { Value = content.ByRequest, NpgsqlDbType = Ints });
        parameters.Add(new() { Value = content.Listed, NpgsqlDbType = Ints });
        parameters.Add(new() { Value = content.Offsets, NpgsqlDbType = Texts });
        parameters.Add(new() { Value = content.FactOf, NpgsqlDbType = Ints });
        parameters.Add(new() { Value = content.Facts, NpgsqlDbType = Byteas });
        parameters.Add(new() { Value = content.Traces, NpgsqlDbType = Texts });
        parameters.Add(new() { Value = content.SubjectOf, NpgsqlDbType = Ints });
        parameters.Add(new() { Value = content.Subjects, NpgsqlDbType = Uuids });
        parameters.Add(new() { Value = content.SubjectKinds, NpgsqlDbType = SmallInts });
        parameters.Add(new() { Value = content.EventMilliseconds, NpgsqlDbType = BigInts });
        parameters.Add(new() { Value = grown.FactIndex });
        parameters.Add(new() { Value = grown.Head.RootHash.Memory });
        parameters.Add(new() { Value = grown.Head.Time.ToDateTimeOffset().ToUnixTimeMilliseconds() });
        parameters.Add(new() { Value = grown.Head.Signature.Memory });
        parameters.Add(new() { Value = ShardHead.Write(grown.Tree.Frontier) });
        parameters.Add(new() { Value = leaves });
        parameters.Add(new() { Value = levels, NpgsqlDbType = Ints });
        parameters.Add(new() { Value = indices, NpgsqlDbType = BigInts });
        parameters.Add(new() { Value = hashes, NpgsqlDbType = Byteas });
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() && !row.GetBoolean(0)
            ? null
            : new(ShardHead.Read(row.GetInt64(1), row.GetFieldValue<byte[]>(3)), row.GetInt64(2));
    }

    /// <summary>What is there already, for each of the batch in its order.</summary>
    public async Task<List<Found>> FindAsync(BatchKeys keys)
    {
        await using var command = new NpgsqlCommand(Find, connection);
        command.Parameters.Add(new() { Value = keys.Kinds, NpgsqlDbType = SmallInts });
        command.Parameters.Add(new() { Value = keys.Parties, NpgsqlDbType = Byteas });
        command.Parameters.Add(new() { Value = keys.Ids, NpgsqlDbType = Byteas });
        command.Parameters.Add(new() { Value = keys.Requests, NpgsqlDbType = Byteas });
        List<Found> found = [];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add(await rows.IsDBNullAsync(0)
                ? new(LedgerPosition.None, ReadOnlyMemory<byte>.Empty, rows.GetBoolean(3))
                : new(
                    LedgerPosition.Of(rows.GetInt32(0), rows.GetInt64(1)), rows.GetFieldValue<byte[]>(2),
                    rows.GetBoolean(3)));
        }

        return found;
    }

    /// <summary>What the statements of entries say that are there.</summary>
    /// <param name="positions">Of entries; in any order, any of them more than once.</param>
    public async Task<Dictionary<LedgerPosition, StatedEntry>> StatedAsync(
        IReadOnlyCollection<LedgerPosition> positions)
    {
        Dictionary<LedgerPosition, StatedEntry> stated = [];
        if (positions.Count == 0)
        {
            return stated;
        }

        await using var command = new NpgsqlCommand(
            $"SELECT {StatedRow.Columns}, e.shard FROM unnest($1, $2) AS d (shard, idx) "
            + "JOIN ledger.entries e ON e.shard = d.shard AND e.idx = d.idx",
            connection);
        command.Parameters.Add(new()
        {
            Value = positions.Select(position => position.Shard).ToArray(),
            NpgsqlDbType = Ints,
        });
        command.Parameters.Add(new()
        {
            Value = positions.Select(position => position.Index).ToArray(),
            NpgsqlDbType = BigInts,
        });
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var entry = StatedRow.Read(rows);
            stated[LedgerPosition.Of(rows.GetInt32(StatedRow.Count), entry.Position)] = entry;
        }

        return stated;
    }

    /// <summary>Keeps the request ids that came with content that was there already.</summary>
    /// <param name="same">Appends whose position is that of the entry that is there.</param>
    public async Task AddRequestsAsync(IReadOnlyList<PendingAppend> same)
    {
        var keys = new BatchKeys(same);
        var places = keys.ByRequest();
        if (places.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            "INSERT INTO ledger.requests (party, request_id, shard, idx) SELECT * FROM unnest($1, $2, $3, $4) "
            + "ON CONFLICT DO NOTHING",
            connection);
        var positions = places.Select(place => new LedgerPosition(same[place - 1].Position)).ToList();
        var parameters = command.Parameters;
        parameters.Add(new() { Value = places.Select(place => keys.Parties[place - 1]).ToArray() });
        parameters.Add(new() { Value = places.Select(place => keys.Requests[place - 1]!).ToArray() });
        parameters.Add(new() { Value = positions.Select(position => position.Shard).ToArray() });
        parameters.Add(new() { Value = positions.Select(position => position.Index).ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="locked">Kept from other writers until the transaction ends.</param>
    public async Task<ShardHead> HeadAsync(int shard, bool locked)
    {
        await using var command = new NpgsqlCommand(locked ? $"{Head} FOR UPDATE" : Head, connection);
        command.Parameters.Add(new() { Value = shard });
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync()
            ? new(ShardHead.Read(row.GetInt64(0), row.GetFieldValue<byte[]>(2)), row.GetInt64(1))
            : throw new UnreachableException($"There is no shard {shard}.");
    }

    public ValueTask<NpgsqlTransaction> BeginAsync() => connection.BeginTransactionAsync();

    private static (int[] Levels, long[] Indices, ReadOnlyMemory<byte>[] Hashes) Nodes(GrownTree tree, long oldSize)
    {
        List<int> levels = [];
        List<long> indices = [];
        List<ReadOnlyMemory<byte>> hashes = [];
        for (var level = StoredTree.Stride; level < TreeFrontier.LevelsMax; level += StoredTree.Stride)
        {
            foreach (var (index, hash) in tree.CompletedAt(level, oldSize))
            {
                levels.Add(level);
                indices.Add(index);
                hashes.Add(hash);
            }
        }

        return ([.. levels], [.. indices], [.. hashes]);
    }
}
