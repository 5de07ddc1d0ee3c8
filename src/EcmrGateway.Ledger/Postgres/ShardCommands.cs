using Ecmr.Receipt.V1;
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
        $"SELECT ledger.append_batch({string.Join(", ", Enumerable.Range(1, 39).Select(number => $"${number}"))})";

    private const string Find =
        "SELECT shard, idx, content_sha256, requested FROM ledger.find($1, $2, $3, $4) ORDER BY ordinal";

    private const string Heads =
        "SELECT shard, size, fact_index, frontier FROM ledger.shards WHERE shard = ANY($1) ORDER BY shard";

    private const NpgsqlDbType SmallInts = NpgsqlDbType.Array | NpgsqlDbType.Smallint;
    private const NpgsqlDbType Ints = NpgsqlDbType.Array | NpgsqlDbType.Integer;
    private const NpgsqlDbType BigInts = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
    private const NpgsqlDbType Byteas = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
    private const NpgsqlDbType Uuids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;

    /// <summary>Writes a batch in one round trip; outside a transaction it is committed when this completes.</summary>
    /// <param name="parts">In the order of shards; each has grown.</param>
    /// <returns>False: nothing is written, because a shard has another head.</returns>
    /// <exception cref="PostgresException">unique_violation: an id or a request id is there already.</exception>
    public async Task<bool> AppendAsync(IReadOnlyList<ShardBatch> parts, BatchContent content)
    {
        await using var command = new NpgsqlCommand(Append, connection);
        AddShards(command.Parameters, parts);
        AddEntries(command.Parameters, content);
        AddNodes(command.Parameters, parts);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static void AddShards(NpgsqlParameterCollection parameters, IReadOnlyList<ShardBatch> parts)
    {
        Add(parameters, Ints, parts.Select(part => part.Log.Shard));
        Add(parameters, BigInts, parts.Select(part => part.From.Size));
        Add(parameters, BigInts, parts.Select(part => part.Grown.Tree.Size));
        Add(parameters, BigInts, parts.Select(part => part.Grown.FactIndex));
        Add(parameters, Byteas, parts.Select(part => part.Grown.Head.RootHash.Memory));
        Add(parameters, BigInts, parts.Select(part => MillisecondsOf(part.Grown.Head)));
        Add(parameters, Byteas, parts.Select(part => part.Grown.Head.Signature.Memory));
        Add(parameters, Byteas, parts.Select(part => ShardHead.Write(part.Grown.Tree.Frontier)));
        Add(parameters, Byteas, parts.Select(part => part.Grown.Tree.LeavesFrom(part.From.Size)));
    }

    private static void AddEntries(NpgsqlParameterCollection parameters, BatchContent content)
    {
        var batch = content.Batch;
        Add(parameters, Ints, batch.Select(append => append.Shard));
        Add(parameters, BigInts, batch.Select(append => new LedgerPosition(append.Position).Index));
        Add(parameters, SmallInts, content.Keys.Kinds);
        Add(parameters, Byteas, content.Keys.Parties);
        Add(parameters, Byteas, content.Keys.Ids);
        Add(parameters, Byteas, content.Keys.Requests);
        Add(parameters, Ints, content.Versions);
        Add(parameters, BigInts, content.Received);
        Add(parameters, Byteas, content.Hashes);
        Add(parameters, Byteas, batch.Select(append => append.Salt));
        Add(parameters, Byteas, content.Payloads);
        Add(parameters, Ints, content.ById);
        Add(parameters, Ints, content.ByRequest);
        Add(parameters, Ints, content.Listed);
        Add(parameters, Ints, content.ListShards);
        Add(parameters, Texts, content.Offsets);
        Add(parameters, Ints, content.FactOf);
        Add(parameters, Byteas, content.Facts);
        Add(parameters, Texts, content.Traces);
        Add(parameters, Uuids, content.Vehicles);
        Add(parameters, BigInts, content.VehicleMilliseconds);
        Add(parameters, Uuids, content.Consignors);
        Add(parameters, Ints, content.SubjectOf);
        Add(parameters, Uuids, content.Subjects);
        Add(parameters, SmallInts, content.SubjectKinds);
        Add(parameters, BigInts, content.EventMilliseconds);
    }

    private static void AddNodes(NpgsqlParameterCollection parameters, IReadOnlyList<ShardBatch> parts)
    {
        List<int> shards = [];
        List<int> levels = [];
        List<long> indices = [];
        List<ReadOnlyMemory<byte>> hashes = [];
        foreach (var part in parts)
        {
            for (var level = StoredTree.Stride; level < TreeFrontier.LevelsMax; level += StoredTree.Stride)
            {
                foreach (var (index, hash) in part.Grown.Tree.CompletedAt(level, part.From.Size))
                {
                    shards.Add(part.Log.Shard);
                    levels.Add(level);
                    indices.Add(index);
                    hashes.Add(hash);
                }
            }
        }

        Add(parameters, Ints, shards);
        Add(parameters, Ints, levels);
        Add(parameters, BigInts, indices);
        Add(parameters, Byteas, hashes);
    }

    private static long MillisecondsOf(TreeHead head) => head.Time.ToDateTimeOffset().ToUnixTimeMilliseconds();

    private static void Add<T>(NpgsqlParameterCollection parameters, NpgsqlDbType type, IEnumerable<T> values) =>
        parameters.Add(new() { Value = values as T[] ?? [.. values], NpgsqlDbType = type });

    /// <summary>What is there already, for each of the batch in its order.</summary>
    public async Task<List<Found>> FindAsync(BatchKeys keys)
    {
        await using var command = new NpgsqlCommand(Find, connection);
        Add(command.Parameters, SmallInts, keys.Kinds);
        Add(command.Parameters, Byteas, keys.Parties);
        Add(command.Parameters, Byteas, keys.Ids);
        Add(command.Parameters, Byteas, keys.Requests);
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
        Add(command.Parameters, Ints, positions.Select(position => position.Shard));
        Add(command.Parameters, BigInts, positions.Select(position => position.Index));
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

    /// <param name="locked">Kept from other writers until the transaction ends; in their order.</param>
    public async Task<Dictionary<int, ShardHead>> HeadsAsync(int[] shards, bool locked)
    {
        await using var command = new NpgsqlCommand(locked ? $"{Heads} FOR UPDATE" : Heads, connection);
        command.Parameters.Add(new() { Value = shards });
        Dictionary<int, ShardHead> heads = [];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            heads[rows.GetInt32(0)] = new(
                ShardHead.Read(rows.GetInt64(1), rows.GetFieldValue<byte[]>(3)), rows.GetInt64(2));
        }

        return heads;
    }

    public ValueTask<NpgsqlTransaction> BeginAsync() => connection.BeginTransactionAsync();
}
