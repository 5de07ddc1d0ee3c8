using EcmrGateway.Ledger.Receipts;

namespace EcmrGateway.Ledger.Append;

/// <summary>
/// An append on its way through the writer. The writer fills it in; its caller reads it when it is done.
/// </summary>
internal sealed class PendingAppend(EntryDraft draft)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EntryDraft Draft { get; } = draft;

    /// <summary>Shard that its order key leads to.</summary>
    public int Shard { get; init; }

    public int Bytes => Draft.Payload.Length + Draft.Fact.Length;

    public Task Done => _done.Task;

    public AppendStatus Status { get; set; } = AppendStatus.Unavailable;

    public long Position { get; set; } = LedgerPosition.None.Value;

    /// <summary>Random value of the new entry's statement; empty unless it was appended.</summary>
    public ReadOnlyMemory<byte> Salt { get; set; }

    /// <summary>Statement of the new entry's receipt; empty unless it was appended.</summary>
    public ReadOnlyMemory<byte> Statement { get; set; }

    /// <summary>The batch of the new entry; null unless it was appended.</summary>
    public CommittedBatch? Batch { get; set; }

    /// <summary>Of the entry that was there already, where it was looked up together with others.</summary>
    public StatedEntry? Earlier { get; set; }

    public StatedEntry Stated => new(
        new LedgerPosition(Position).Index, Draft.Kind, Draft.Id, Draft.Version,
        Draft.ReceivedTime.ToUnixTimeMilliseconds(), Salt, Draft.ContentSha256);

    /// <summary>Tells that nothing is appended, and why.</summary>
    public void Decide(AppendStatus status, LedgerPosition position)
    {
        Status = status;
        Position = position.Value;
        Batch = null;
        Complete();
    }

    public void Complete() => _done.TrySetResult();

    /// <summary>Tells that it is not known whether it is on disk; what was told already stays.</summary>
    public void Fail()
    {
        if (_done.Task.IsCompleted)
        {
            return;
        }

        Status = AppendStatus.Unavailable;
        Position = LedgerPosition.None.Value;
        Batch = null;
        _done.TrySetResult();
    }
}
