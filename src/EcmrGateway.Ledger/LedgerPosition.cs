using System.Globalization;

namespace EcmrGateway.Ledger;

/// <summary>Place of an entry in the ledger: a shard and an index in it, given at commit and without gaps.</summary>
/// <remarks>
/// One number, so that it travels as one: the index, and the shard above its 40 bits. It stays below 2^53, which JSON
/// numbers keep exactly. In a ledger of one shard it is the index, from 0 (the genesis entry).
/// </remarks>
public readonly record struct LedgerPosition(long Value) : IComparable<LedgerPosition>
{
    /// <summary>Shards that a ledger may have.</summary>
    public const int ShardsMax = 1 << 12;

    /// <summary>Entries that a shard may have: a million million.</summary>
    public const long IndexMax = (1L << IndexBits) - 1;

    private const int IndexBits = 40;

    /// <summary>Of what is not in the ledger.</summary>
    public static readonly LedgerPosition None = new(-1);

    public int Shard => (int)(Value >> IndexBits);

    public long Index => Value < 0 ? -1 : Value & IndexMax;

    public static LedgerPosition Of(int shard, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, ShardsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, IndexMax);
        return new(((long)shard << IndexBits) | index);
    }

    public int CompareTo(LedgerPosition other) => Value.CompareTo(other.Value);

    /// <summary>"shard:index".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shard}:{Index}");

    public static bool operator <(LedgerPosition left, LedgerPosition right) => left.Value < right.Value;

    public static bool operator >(LedgerPosition left, LedgerPosition right) => left.Value > right.Value;

    public static bool operator <=(LedgerPosition left, LedgerPosition right) => left.Value <= right.Value;

    public static bool operator >=(LedgerPosition left, LedgerPosition right) => left.Value >= right.Value;
}
