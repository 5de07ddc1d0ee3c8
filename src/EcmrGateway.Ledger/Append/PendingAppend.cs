using EcmrGateway.Ledger.Receipts;

namespace EcmrGateway.Ledger.Append;

/// <summary>
/// An append on its way through the writer. The writer fills it in; its caller reads it when it is done.
/// </summary>
internal sealed class PendingAppend(EntryDraft draft)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EntryDraft Draft { get; } = draft;

    public int Bytes => Draft.Payload.Length + Draft.Fact.Length;

    public Task Done => _done.Task;

    public AppendStatus Status { get; set; } = AppendStatus.Unavailable;

    public long Position { get; set; } = LedgerPosition.None.Value;

    /// <summary>Random value of the new entry's statement; empty unless it was appended.</summary>
    public ReadOnlyMemory<byte> Salt { get; set; }

    /// <summary>The batch of the new entry; null unless it was appended.</summary>
    public CommittedBatch? Batch { get; set; }

    public StatedEntry Stated => new(
        Position, Draft.Kind, Draft.Id, Draft.Version, Draft.ReceivedTime.ToUnixTimeMilliseconds(), Salt,
        Draft.ContentSha256);

    public void Complete() => _done.TrySetResult();

    public void Fail()
    {
        Status = AppendStatus.Unavailable;
        Position = LedgerPosition.None.Value;
        Batch = null;
        _done.TrySetResult();
    }
}
