using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Receipts;
using Npgsql;

namespace EcmrGateway.Ledger;

/// <summary>Looks at what a ledger needs, and changes nothing: it makes no key, no table and no folder.</summary>
public static class LedgerCheckup
{
    /// <summary>The key files that a process with this access opens, in the order of their settings.</summary>
    public static IReadOnlyList<KeyReport> Keys(LedgerOptions options, LedgerAccess access)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (access, options.Engine) switch
        {
            (LedgerAccess.ReadFacts, LedgerOptions.Postgres) =>
                options.PublicKeyPath is { } file ? [PublicKey(file)] : [],
            (LedgerAccess.ReadFacts, _) => [SigningKey(options)],
            _ =>
            [
                SigningKey(options),
                Look("PseudonymKeyFile", options.PseudonymKeyPath, path => KeyFile.ReadOrCreateSecret(path)),
                Look("TokenKeyFile", options.TokenKeyPath, path => KeyFile.ReadOrCreateSecret(path)),
            ],
        };
    }

    /// <summary>Asks PostgreSQL with the login of the gateway.</summary>
    /// <exception cref="LedgerOpenException">It cannot be asked; the message names the setting.</exception>
    public static async Task<DatabaseReport> AskAsync(
        LedgerOptions options, LedgerAccess access, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var source = PostgresSource.Open(options, access);
        return await new DatabaseWait(options with { OpenTimeout = TimeSpan.Zero }, access, time).ForAsync(
            () => AskAsync(source, options, access, time, cancellation), cancellation);
    }

    private static KeyReport SigningKey(LedgerOptions options) => Look(
        "SigningKeyFile", options.SigningKeyPath, path => KeyFile.ReadOrCreateSigningKey(path).Dispose());

    /// <summary>Everybody may read it.</summary>
    private static KeyReport PublicKey(string file) =>
        Look("PublicKeyFile", file, path => KeyFile.ReadPublicKey(path).Dispose()) with { OthersMayRead = false };

    private static KeyReport Look(string setting, string path, Action<string> read)
    {
        if (!File.Exists(path))
        {
            return new(setting, path, IsThere: false, OthersMayRead: false, Problem: null);
        }

        var others = !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;
        try
        {
            read(path);
            return new(setting, path, IsThere: true, others, Problem: null);
        }
        catch (LedgerOpenException failure)
        {
            return new(setting, path, IsThere: true, others, failure.Message);
        }
    }

    private static async Task<DatabaseReport> AskAsync(
        NpgsqlDataSource source, LedgerOptions options, LedgerAccess access, TimeProvider time,
        CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var asked = time.GetTimestamp();
        await using var command = new NpgsqlCommand(
            """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int, clock_timestamp(),
              pg_database_size(current_database()), current_setting('max_connections')::int,
              (SELECT count(*)::int FROM pg_stat_activity),
              (SELECT string_agg(name, ', ') FROM pg_settings
                WHERE name IN ('fsync', 'full_page_writes') AND setting <> 'on'),
              EXISTS (SELECT FROM pg_roles WHERE rolname = $1 AND pg_has_role(session_user, oid, 'MEMBER'))
            """,
            connection);
        command.Parameters.Add(new() { Value = PostgresSource.Gateway });
        var report = new DatabaseReport();
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            report = report with
            {
                Version = row.GetString(0),
                VersionNumber = row.GetInt32(1),
                Ahead = row.GetFieldValue<DateTimeOffset>(2)
                    - (time.GetUtcNow() - (time.GetElapsedTime(asked) / 2)),
                Bytes = row.GetInt64(3),
                ConnectionsMax = row.GetInt32(4),
                Connections = row.GetInt32(5),
                NotDurable = row.IsDBNull(6) ? null : row.GetString(6),
                MayDoMore = access is LedgerAccess.ReadFacts && row.GetBoolean(7),
            };
        }

        try
        {
            await PostgresSchema.CheckAsync(source, cancellation);
        }
        catch (LedgerOpenException failure)
        {
            return report with { SchemaProblem = failure.Message };
        }

        await using var facts = new NpgsqlCommand(
            """
            SELECT coalesce(sum(size), 0)::bigint, coalesce(sum(greatest(0, fact_index - relayed)), 0)::bigint
            FROM ledger.shards JOIN ledger.relay_shards USING (shard)
            """,
            connection);
        await using (var row = await facts.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            report = report with { Entries = row.GetInt64(0), RelayLag = row.GetInt64(1) };
        }

        return report with { OtherKeys = await OtherKeysAsync(source, options, access, cancellation) };
    }

    /// <summary>Settings whose key is not the one that the ledger was made with; keys that are not there count not.
    /// </summary>
    private static async Task<IReadOnlyList<string>> OtherKeysAsync(
        NpgsqlDataSource source, LedgerOptions options, LedgerAccess access, CancellationToken cancellation)
    {
        var keys = Keys(options, access);
        if (keys.Count == 0 || keys.Any(key => !key.IsThere || key.Problem is not null))
        {
            return [];
        }

        if (access is LedgerAccess.ReadFacts)
        {
            using var key = KeyFile.ReadPublicKey(options.PublicKeyPath!);
            return await LedgerIdentity.LogAsync(source, cancellation) is not { } log
                || TreeHeads.LogIdOf(key.ExportSubjectPublicKeyInfo()) == log.LogId ? [] : ["PublicKeyFile"];
        }

        if (await LedgerIdentity.HeldAsync(source, cancellation) is not { } held)
        {
            return [];
        }

        using var signing = KeyFile.ReadOrCreateSigningKey(options.SigningKeyPath);
        var ours = LedgerIdentity.Of(options, TreeHeads.LogIdOf(signing.ExportSubjectPublicKeyInfo()));
        return [.. held.DifferencesFrom(ours)];
    }
}

/// <param name="Setting">Name in the section Ledger.</param>
/// <param name="OthersMayRead">Whether it is open to every user of the machine.</param>
/// <param name="Problem">Why it is no such key; null: it is one, or not there.</param>
public sealed record KeyReport(string Setting, string Path, bool IsThere, bool OthersMayRead, string? Problem);

/// <summary>What PostgreSQL says of itself and of the ledger in it.</summary>
public sealed record DatabaseReport
{
    /// <summary>As the server names it.</summary>
    public string Version { get; init; } = "";

    /// <summary>Major version times 10,000, and the minor one.</summary>
    public int VersionNumber { get; init; }

    /// <summary>How far its clock is ahead of this machine's; half a round trip is the error.</summary>
    public TimeSpan Ahead { get; init; }

    public long Bytes { get; init; }

    public int Connections { get; init; }

    public int ConnectionsMax { get; init; }

    /// <summary>Settings that are off and that commits need; null: none.</summary>
    public string? NotDurable { get; init; }

    /// <summary>Whether the login of a process that only reads facts may also read notes and add to the ledger.
    /// </summary>
    public bool MayDoMore { get; init; }

    /// <summary>Why the tables are not those of this program; null: they are, and what follows is known.</summary>
    public string? SchemaProblem { get; init; }

    /// <summary>Entries of all shards.</summary>
    public long Entries { get; init; }

    /// <summary>Positions of facts that no relay has handed on yet, over all shards.</summary>
    public long RelayLag { get; init; }

    /// <summary>Settings whose key is not the one that the ledger was made with.</summary>
    public IReadOnlyList<string> OtherKeys { get; init; } = [];
}
