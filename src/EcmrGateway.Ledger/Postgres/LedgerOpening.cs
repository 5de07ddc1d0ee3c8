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

    /// <returns>The committed head of every shard.</returns>
    /// <exception cref="LedgerOpenException">The database is not durable, damaged, or of another key.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<CommittedHead[]> OpenAsync(
        NpgsqlDataSource source, PostgresQueries queries, TreeHeadKey key, LedgerIdentity identity, TimeProvider time,
        CancellationToken cancellation)
    {
        await PostgresSchema.CheckAsync(source, cancellation);
        await CheckDurableAsync(source, cancellation);
        var count = (await identity.AgreeAsync(source, cancellation)).Shards;
        await BeginShardsAsync(source, key, count, time, cancellation);
        var heads = (await queries.HeadsAsync(cancellation)).Select(shard => shard.Head).ToArray();
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        if (heads.Length != count || !heads.All(head => TreeHeads.Verify(head.Tree, verifier, key.LogId)))
        {
            throw new LedgerOpenException("The ledger is damaged: a shard's head is missing, or not the one signed.");
        }

        return heads;
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
        for (var shard = 0; shard < shards; shard++)
        {
            if ((await commands.HeadAsync(shard, locked: false)).Size == 0)
            {
                // Another process may do the same at this moment; one of the two finds it done.
                await new ShardLog(shard, key, heads: null, time).WriteAsync(commands, [new(GenesisOf(shard, time))]);
            }
        }
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
