using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcmrGateway.UnitTests.Ledger;

/// <summary>Ledgers and drafts for tests.</summary>
internal static class TestLedger
{
    public static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    public static SqliteNoteLedger Open(string folder, TimeProvider? time = null) =>
        Open(new LedgerOptions { Folder = folder }, time);

    public static SqliteNoteLedger Open(LedgerOptions options, TimeProvider? time = null) =>
        SqliteNoteLedger.Open(options, time ?? TimeProvider.System, NullLogger<SqliteNoteLedger>.Instance);

    /// <summary>A note with a fact and two subjects. The same id and content give the same draft.</summary>
    public static EntryDraft Draft(string id, string content = "content", string party = "NL123") => new()
    {
        Kind = EntryKind.Note,
        Party = party,
        Id = id,
        RequestId = $"request-{id}-{content}",
        Payload = Encoding.UTF8.GetBytes($"{id}:{content}"),
        ContentSha256 = SHA256.HashData(Encoding.UTF8.GetBytes($"{id}:{content}")),
        ReceivedTime = Time,
        Fact = new Ecmr.Facts.V1.Fact { Note = new() { PackageCount = 7 } }.Span(),
        Subjects =
        [
            new(SubjectKind.Carrier, new Pseudonym(1), Time),
            new(SubjectKind.Vehicle, new Pseudonym(2), Time),
        ],
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    private static byte[] Span(this Ecmr.Facts.V1.Fact fact) => Google.Protobuf.MessageExtensions.ToByteArray(fact);
}
