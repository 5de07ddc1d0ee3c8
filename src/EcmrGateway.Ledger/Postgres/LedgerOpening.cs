using System.Globalization;
using System.Security.Cryptography;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Receipts;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>
/// Makes a ledger in an empty database, or takes up the one that is there and checks that it is sound.
/// </summary>
internal static class LedgerOpening
{
    private const string Genesis = "genesis";

    /// <summary>For a process that appends: where there is no ledger, it makes one of its keys.</summary>
    /// <exception cref="LedgerOpenException">The database is not durable, damaged, or of another key.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<OpenedLedger> OpenAsync(
        NpgsqlDataSource source, TreeHeadKey key, LedgerIdentity identity, TimeProvider time,
        CancellationToken cancellation)
    {
        await PostgresSchema.CheckAsync(source, cancellation);
        await CheckDurableAsync(source, cancellation);
        var count = (await identity.AgreeAsync(source, cancellation)).Shards;
        await BeginShardsAsync(source, key, count, time, cancellation);
        return new(key.LogId, key.PublicKey, await HeadsAsync(source, key.LogId, key.PublicKey, count, cancellation));
    }

    /// <summary>For a process that only reads: it needs no key, and takes its log's name from the database.</summary>
    /// <param name="publicKeyFile">Heads are checked with the key in it; null: they are not.</param>
    /// <exception cref="LedgerOpenException">The database is not durable, damaged, or of another key.</exception>
    /// <exception cref="TimeoutException">No process that appends has made the ledger yet.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<OpenedLedger> OpenToReadAsync(
        NpgsqlDataSource source, string? publicKeyFile, CancellationToken cancellation)
    {
        await PostgresSchema.CheckAsync(source, cancellation);
        await CheckDurableAsync(source, cancellation);
        if (await LedgerIdentity.LogAsync(source, cancellation) is not { } log
            || !await HaveBegunAsync(source, log.Shards, cancellation))
        {
            throw new TimeoutException("Its ledger is not made yet, which a process with the role ingress or "
                + "inspection does at its start");
        }

        var publicKey = publicKeyFile is null ? [] : PublicKeyOf(log.LogId, publicKeyFile);
        return new(log.LogId, publicKey, await HeadsAsync(source, log.LogId, publicKey, log.Shards, cancellation));
    }

    /// <exception cref="LedgerOpenException">A head is missing or, where there is a key, not signed with it.
    /// </exception>
    private static async Task<CommittedHead[]> HeadsAsync(
        NpgsqlDataSource source, string logId, byte[] publicKey, int shards, CancellationToken cancellation)
    {
        var heads = (await new PostgresQueries(source, logId).HeadsAsync(cancellation))
            .Select(shard => shard.Head).ToArray();
        using var verifier = ECDsa.Create();
        if (publicKey.Length > 0)
        {
            verifier.ImportSubjectPublicKeyInfo(publicKey, out _);
        }

        if (heads.Length != shards
            || (publicKey.Length > 0 && !heads.All(head => TreeHeads.Verify(head.Tree, verifier, logId))))
        {
            throw new LedgerOpenException("The ledger is damaged: a shard's head is missing, or not the one signed.");
        }

        return heads;
    }

    private static byte[] PublicKeyOf(string logId, string file)
    {
        using var key = KeyFile.ReadPublicKey(file);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        return TreeHeads.LogIdOf(publicKey) == logId
            ? publicKey
            : throw new LedgerOpenException(
                $"The ledger in the database was made with another key than that of {file}. Put the public key of "
                + "that ledger in Ledger:PublicKeyFile: its heads are signed with it.");
    }

    /// <summary>Whether every shard has its first entry.</summary>
    private static async Task<bool> HaveBegunAsync(
        NpgsqlDataSource source, int shards, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT count(*)::int FROM ledger.shards JOIN ledger.relay_shards USING (shard) WHERE size > 0");
        return await command.ExecuteScalarAsync(cancellation) is int begun && begun >= shards;
    }

    /// <exception cref="LedgerOpenException">A commit would be lost with the power, or cannot be made.</exception>
    private static async Task CheckDurableAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT name FROM pg_catalog.pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting <> 'on' "
            + "LIMIT 1");
        if (await command.ExecuteScalarAsync(cancellation) is string weak)
        {
            throw new LedgerOpenException(
                $"The database has {weak} off: what it commits can be lost. Turn it on; receipts promise it.");
        }
    }

    /// <summary>Each shard begins with an entry of its own, so that no receipt has an empty path.</summary>
    private static async Task BeginShardsAsync(
        NpgsqlDataSource source, TreeHeadKey key, int shards, TimeProvider time, CancellationToken cancellation)
    {
        await using (var command = source.CreateCommand(
            "INSERT INTO ledger.shards (shard, size, fact_index, root, time_ms, signature, frontier) "
            + "SELECT shard, 0, -1, '', 0, '', '' FROM generate_series(0, $1 - 1) AS shard ON CONFLICT DO NOTHING"))
        {
            command.Parameters.Add(new() { Value = shards });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await using (var command = source.CreateCommand(
            "INSERT INTO ledger.relay_shards (shard) SELECT shard FROM generate_series(0, $1 - 1) AS shard "
            + "ON CONFLICT DO NOTHING"))
        {
            command.Parameters.Add(new() { Value = shards });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await using var connection = await source.OpenConnectionAsync(cancellation);
        var commands = new ShardCommands(connection);
        var heads = await commands.HeadsAsync([.. Enumerable.Range(0, shards)], locked: false);
        var empty = heads.Where(head => head.Value.Size == 0).Select(head => head.Key).ToList();
        var commit = new GroupCommit(empty.ToDictionary(shard => shard, shard => new ShardLog(shard, key, null, time)));

        // Another process may do the same at this moment; one of the two finds it done.
        await commit.WriteAsync(
            commands, [.. empty.Select(shard => new PendingAppend(GenesisOf(shard, time)) { Shard = shard })]);
    }

    private static EntryDraft GenesisOf(int shard, TimeProvider time) => new()
    {
        Kind = EntryKind.Genesis,
        Party = "ledger",
        Id = string.Create(CultureInfo.InvariantCulture, $"{Genesis}:{shard}"),
        Payload = ReadOnlyMemory<byte>.Empty,
        ContentSha256 = SHA256.HashData([]),
        ReceivedTime = time.GetUtcNow(),
    };
}

/// <param name="LogId">Name of the key's log; each shard's is derived from it.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER; empty where a process that only reads was given none.</param>
/// <param name="Heads">The committed head of every shard.</param>
internal sealed record OpenedLedger(string LogId, byte[] PublicKey, CommittedHead[] Heads);
