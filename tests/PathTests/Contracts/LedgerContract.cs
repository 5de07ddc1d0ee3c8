using System.Security.Cryptography;
using System.Text;
using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>What every ledger must do. A class for each implementation inherits it and says how it is opened.</summary>
public abstract partial class LedgerContract : IAsyncLifetime
{
    /// <summary>Received at; with ticks below a millisecond, which are not kept.</summary>
    protected static readonly DateTimeOffset Received =
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero).AddTicks(1234);

    protected INoteLedger Ledger { get; private set; } = null!;

    protected LedgerMark Beginning => LedgerMark.BeforeAll(Ledger.ShardCount);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Ledger = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the ledger of this test; called again after it was closed, it opens the same one.</summary>
    protected abstract ValueTask<INoteLedger> OpenAsync();

    /// <summary>Removes the ledger of this test.</summary>
    protected abstract ValueTask CleanAsync();

    protected async Task ReopenAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = await OpenAsync();
    }

    protected async Task<AppendResult> AppendAsync(EntryDraft draft) => await Ledger.AppendAsync(draft, Cancellation);

    /// <summary>The mark at an index of the first shard, with nothing but the genesis entry in the others.</summary>
    protected LedgerMark At(long index) =>
        LedgerMark.Of([index, .. Enumerable.Repeat(0L, Ledger.ShardCount - 1)]);

    /// <summary>Appends and expects that it is new.</summary>
    protected async Task<LedgerPosition> AppendNewAsync(EntryDraft draft)
    {
        var result = await AppendAsync(draft);
        Assert.Equal(AppendStatus.Appended, result.Status);
        return result.Position;
    }

    /// <summary>All in the first shard, where nothing else is said.</summary>
    protected static EntryDraft Note(string id, string content = "", string request = "", string party = "NL1") => new()
    {
        Kind = EntryKind.Note,
        Party = party,
        Id = id,
        RequestId = request,
        Version = 2,
        Payload = Encoding.UTF8.GetBytes($"payload of {id} {content}"),
        ContentSha256 = SHA256.HashData(Encoding.UTF8.GetBytes($"{id}/{content}")),
        ReceivedTime = Received,
        Fact = new Fact { Note = new() { PackageCount = id.Length } }.ToByteArray(),
        OrderKey = new Pseudonym(0),
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    protected static FactSubject Vehicle(int number, double minutes) =>
        new(SubjectKind.Vehicle, new Pseudonym((UInt128)number), Received.AddMinutes(minutes));
}
