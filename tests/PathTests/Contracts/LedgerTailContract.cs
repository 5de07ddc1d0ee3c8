using System.Globalization;
using System.Security.Cryptography;
using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Sqlite;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Tail;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The ledger's tail keeps the contract of a stream of facts.</summary>
public sealed class LedgerTailContract : FactStreamContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-tail-").FullName;
    private readonly FakeTimeProvider _time = new();
    private SqliteNoteLedger _ledger = null!;
    private int _recorded;

    protected override long Head => _ledger.FactHead[0];

    protected override IFactStream Stream =>
        new LedgerTail(_ledger, Options.Create(new StreamOptions { BatchLengthMax = 7 }), _time);

    public override ValueTask InitializeAsync()
    {
        _ledger = SqliteNoteLedger.Open(
            new LedgerOptions { Folder = _folder }, _time, NullLogger<SqliteNoteLedger>.Instance);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override async Task PassQuietSecondAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    protected override async Task<long> RecordAsync(Fact fact)
    {
        var result = await _ledger.AppendAsync(Draft(EntryKind.Note) with { Fact = fact.ToByteArray() }, Cancellation);
        return result.Position.Value;
    }

    protected override async Task RecordWithoutFactAsync() =>
        await _ledger.AppendAsync(Draft(EntryKind.Access), Cancellation);

    private EntryDraft Draft(EntryKind kind) => new()
    {
        Kind = kind,
        Party = "NL1",
        Id = Interlocked.Increment(ref _recorded).ToString(CultureInfo.InvariantCulture),
        Payload = new byte[8],
        ContentSha256 = SHA256.HashData(BitConverter.GetBytes(_recorded)),
        ReceivedTime = _time.GetUtcNow(),
    };
}
