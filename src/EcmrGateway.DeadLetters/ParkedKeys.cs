namespace EcmrGateway.DeadLetters;

/// <summary>The parked keys of one partition: what its dead letters say, in their order.</summary>
/// <remarks>
/// The topic is the only memory. Whoever reads a partition of it from the start knows the same keys, the process that
/// consumes as well as the operator.
/// </remarks>
public sealed class ParkedKeys
{
    private readonly Dictionary<string, ParkedKey> _keys = new(StringComparer.Ordinal);

    public int Count => _keys.Count;

    /// <summary>Records that wait, of all keys.</summary>
    public long Records { get; private set; }

    public IReadOnlyCollection<ParkedKey> Keys => _keys.Values;

    /// <returns>Null: the key is not parked.</returns>
    public ParkedKey? Find(string key) => _keys.GetValueOrDefault(key);

    /// <summary>A record of a key is being sent to the topic of dead letters: from now on the key is parked.</summary>
    public ParkedKey Put(byte[] key, long offset, DateTimeOffset now)
    {
        var parked = Add(KeyText.Of(key), key, now);
        parked.Put(offset);
        return parked;
    }

    /// <summary>Takes in the next record of the topic.</summary>
    public void Apply(DeadLetter letter)
    {
        if (letter is ParkedRecord record)
        {
            Records += Add(record.Key, record.KeyBytes, record.Time).Hold(record) ? 1 : 0;
        }
        else if (letter is ControlRecord control && _keys.TryGetValue(control.Key, out var parked))
        {
            Records -= parked.Apply(control);
            if (control.Kind == ControlKind.Released && parked.Held.Count == 0 && parked.IsFollowed)
            {
                _keys.Remove(control.Key);
            }
        }
    }

    private ParkedKey Add(string text, byte[] key, DateTimeOffset now)
    {
        if (!_keys.TryGetValue(text, out var parked))
        {
            parked = new(text, key, now);
            _keys.Add(text, parked);
        }

        return parked;
    }
}
