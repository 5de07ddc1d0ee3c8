using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Ledger;

/// <summary>Section "Ledger".</summary>
public sealed record LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary>Where entries are kept. "Sqlite": in the folder.</summary>
    [Required]
    [AllowedValues("Sqlite")]
    public string Engine { get; init; } = "Sqlite";

    /// <summary>Folder of the database and of the keys. No default: a wrong folder must not work silently.</summary>
    [Required]
    public string Folder { get; init; } = "";

    /// <summary>File with the key that signs tree heads. Empty: keys/tree-head.key in the folder.</summary>
    public string SigningKeyFile { get; init; } = "";

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

    internal string PseudonymKeyPath =>
        PseudonymKeyFile is "" ? Path.Combine(Folder, "keys", "pseudonym.key") : PseudonymKeyFile;

    internal string TokenKeyPath =>
        TokenKeyFile is "" ? Path.Combine(Folder, "keys", "token.key") : TokenKeyFile;
}

/// <summary>Checks what the attributes say, generated.</summary>
[OptionsValidator]
internal sealed partial class LedgerOptionsValidator : IValidateOptions<LedgerOptions>;
