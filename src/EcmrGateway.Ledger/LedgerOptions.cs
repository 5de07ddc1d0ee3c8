using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Ledger;

/// <summary>Section "Ledger".</summary>
public sealed record LedgerOptions
{
    public const string Section = "Ledger";

    public const string Sqlite = "Sqlite";

    public const string Postgres = "Postgres";

    /// <summary>Where entries are kept. "Sqlite": in the folder; "Postgres": in a PostgreSQL database.</summary>
    [Required]
    [AllowedValues(Sqlite, Postgres)]
    public string Engine { get; init; } = Sqlite;

    /// <summary>
    /// Database of the engine Postgres, in Npgsql's form, such as "Host=db;Database=ecmr;Username=gateway". The login
    /// must be a member of the role ecmr_gateway, or of ecmr_fact_reader where only relay and scoring run.
    /// </summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// File with the password of <see cref="ConnectionString"/>, read again for each new connection. Empty: it has
    /// none, or it is in it.
    /// </summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>
    /// The same database as the owner of its tables: with it, the start makes them or brings them up to date. Empty:
    /// the start only checks them.
    /// </summary>
    public string MigrationConnectionString { get; init; } = "";

    /// <summary>File with the password of <see cref="MigrationConnectionString"/>. Empty: as above.</summary>
    public string MigrationPasswordFile { get; init; } = "";

    /// <summary>
    /// Shards of a new ledger in PostgreSQL; one that is there keeps its own. Facts of one carrier are in one shard,
    /// and at most one scoring process for each shard works.
    /// </summary>
    [Range(1, 64)]
    public int Shards { get; init; } = 16;

    /// <summary>Connections of this process that write to PostgreSQL; each writes its part of the shards.</summary>
    [Range(1, 64)]
    public int WriteConnections { get; init; } = 4;

    /// <summary>Longest wait for a connection to PostgreSQL.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for an answer of PostgreSQL; then the append is answered as unavailable.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often PostgreSQL is looked at for what other processes appended.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan HeadDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the start waits for PostgreSQL before it gives up.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Folder of the database of the engine Sqlite, and of keys that are not named below. No default: a wrong folder
    /// must not work silently.
    /// </summary>
    public string Folder { get; init; } = "";

    /// <summary>File with the key that signs tree heads. Empty: keys/tree-head.key in the folder.</summary>
    public string SigningKeyFile { get; init; } = "";

    /// <summary>
    /// File with the public key of it, PEM, for a process that signs nothing: the heads of the ledger are checked with
    /// it. Empty: keys/tree-head.pub in the folder where that is there, and otherwise heads are not checked.
    /// </summary>
    public string PublicKeyFile { get; init; } = "";

    /// <summary>File with the key of the pseudonyms. Empty: keys/pseudonym.key in the folder.</summary>
    public string PseudonymKeyFile { get; init; } = "";

    /// <summary>File with the key of page and resume tokens. Empty: keys/token.key in the folder.</summary>
    public string TokenKeyFile { get; init; } = "";

    /// <summary>Appends that may wait for the writer. Beyond it submitters are told to come back.</summary>
    [Range(1, 65_536)]
    public int QueueLengthMax { get; init; } = 4_096;

    /// <summary>Appends in one transaction: more make it no cheaper, only later.</summary>
    [Range(1, 8_192)]
    public int BatchLengthMax { get; init; } = 1_024;

    /// <summary>Bytes of payloads and facts in one transaction. One append may be larger.</summary>
    [Range(4 * 1024, 64 * 1024 * 1024)]
    public int BatchBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of one payload.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int PayloadBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// Entries whose index rows are collected in memory, some 800 bytes each, before they are merged into the tables;
    /// twice as many are there at most. More make large ledgers faster, and the start slower.
    /// </summary>
    [Range(16, 1_048_576)]
    public int IndexBacklogLength { get; init; } = 32_768;

    /// <summary>Connections that read; a read beyond them waits for one.</summary>
    [Range(1, 64)]
    public int ReadConnections { get; init; } = 4;

    /// <summary>Entries or facts that one read may ask for.</summary>
    [Range(1, 65_536)]
    public int ReadLengthMax { get; init; } = 16_384;

    /// <summary>How long the writer waits after a failed write before it opens the files again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan ReopenDelay { get; init; } = TimeSpan.FromSeconds(1);

    internal string SigningKeyPath =>
        SigningKeyFile is "" ? Path.Combine(Folder, "keys", "tree-head.key") : SigningKeyFile;

    /// <summary>Null: the process is to do without.</summary>
    internal string? PublicKeyPath
    {
        get
        {
            var inFolder = Path.Combine(Folder, "keys", "tree-head.pub");
            return PublicKeyFile is not "" ? PublicKeyFile
                : Folder is not "" && File.Exists(inFolder) ? inFolder : null;
        }
    }

    internal string PseudonymKeyPath =>
        PseudonymKeyFile is "" ? Path.Combine(Folder, "keys", "pseudonym.key") : PseudonymKeyFile;

    internal string TokenKeyPath =>
        TokenKeyFile is "" ? Path.Combine(Folder, "keys", "token.key") : TokenKeyFile;
}

/// <summary>Checks what each engine needs.</summary>
internal sealed class LedgerEngineValidator(LedgerAccess access) : IValidateOptions<LedgerOptions>
{
    public ValidateOptionsResult Validate(string? name, LedgerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [];
        var keysAreNamed = access is LedgerAccess.ReadFacts
            || options is { SigningKeyFile: not "", PseudonymKeyFile: not "", TokenKeyFile: not "" };
        if (options.Folder is "" && (options.Engine == LedgerOptions.Sqlite || !keysAreNamed))
        {
            problems.Add("Ledger:Folder is needed: for the database, or for the keys that are not named.");
        }

        if (options.Engine == LedgerOptions.Postgres && options.ConnectionString is "")
        {
            problems.Add("Ledger:ConnectionString is needed for Ledger:Engine Postgres.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

/// <summary>Checks what the attributes say, generated.</summary>
[OptionsValidator]
internal sealed partial class LedgerOptionsValidator : IValidateOptions<LedgerOptions>;
