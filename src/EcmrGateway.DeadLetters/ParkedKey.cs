namespace EcmrGateway.DeadLetters;

/// <summary>What is being done about a parked key.</summary>
public enum ParkedState
{
    /// <summary>It waits for an operator.</summary>
    Parked = 1,

    /// <summary>An operator asked for its records to be handed over.</summary>
    ReplayAsked = 2,

    /// <summary>An operator gave up some of its records; those behind are to be handed over.</summary>
    DropAsked = 3,
}

/// <summary>A key whose records are not handed over, and the records that wait.</summary>
public sealed class ParkedKey
{
    private readonly Queue<ParkedRecord> _held = new();
    private long _followed = -1;
    private long _put = -1;

    internal ParkedKey(string key, byte[] keyBytes, DateTimeOffset since)
    {
        Key = key;
        KeyBytes = keyBytes;
        Since = since;
    }

    public string Key { get; }

    public ReadOnlyMemory<byte> KeyBytes { get; }

    /// <summary>When its first record was parked.</summary>
    public DateTimeOffset Since { get; }

    public ParkedState State { get; private set; } = ParkedState.Parked;

    /// <summary>Why it was kept when it was tried last, or the reason of a drop; empty: neither.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Records that wait, in the order of the facts' topic.</summary>
    public IReadOnlyCollection<ParkedRecord> Held => _held;

    /// <summary>Offset on the topic of dead letters of the last record that was read there; -1: none.</summary>
    public long LastAt { get; private set; } = -1;

    /// <summary>Offset of the last record, on the facts' topic; also of one that is on its way to be held.</summary>
    public long LastOffset => Math.Max(_followed, _put);

    /// <summary>Whether all that was put is on the topic of dead letters, as far as it was read.</summary>
    public bool IsFollowed => _put <= _followed;

    /// <summary>Of the process that reads on: the records have been handed over, and what follows goes with them.
    /// </summary>
    public bool IsReleasing { get; set; }

    /// <summary>Of the process that reads on: what was asked for is being done.</summary>
    public bool IsWorkedOn { get; set; }

    /// <summary>A record of the key has been sent to the topic of dead letters.</summary>
    public void Put(long offset)
    {
        _put = Math.Max(_put, offset);
        IsReleasing = false;
    }

    /// <returns>False: it is held already; it was put twice.</returns>
    internal bool Hold(ParkedRecord record)
    {
        if (record.Offset <= _followed)
        {
            return false;
        }

        _followed = record.Offset;
        LastAt = record.At;
        _held.Enqueue(Trimmed(record));
        return true;
    }

    /// <summary>Applies what was said of the key.</summary>
    /// <returns>Records that are settled by it.</returns>
    internal int Apply(ControlRecord control)
    {
        var before = _held.Count;
        while (_held.TryPeek(out var first) && first.At <= control.Through)
        {
            _held.Dequeue();
        }

        switch (control.Kind)
        {
            case ControlKind.Replay:
                State = ParkedState.ReplayAsked;
                break;
            case ControlKind.Drop:
                State = ParkedState.DropAsked;
                Note = control.Reason;
                break;
            case ControlKind.Released:
                IsWorkedOn = false;
                break;
            case ControlKind.Kept:
                State = ParkedState.Parked;
                Note = control.Reason;
                IsWorkedOn = false;
                break;
        }

        return before - _held.Count;
    }

    /// <summary>Of each record the key is kept once.</summary>
    private ParkedRecord Trimmed(ParkedRecord record) => record with { Key = Key, KeyBytes = [] };
}
