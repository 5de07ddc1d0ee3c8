using System.Buffers.Binary;
using System.Globalization;

namespace EcmrGateway.Ledger;

/// <summary>How far in each shard: up to and with an index; -1 before the first entry. Never changed.</summary>
/// <remarks>Positions of different shards have no order among them, so that "up to here" needs one index for each.
/// </remarks>
public sealed class LedgerMark : IEquatable<LedgerMark>
{
    private const int BytesPerShard = 8;

    private readonly long[] _indices;

    private LedgerMark(long[] indices) => _indices = indices;

    public int ShardCount => _indices.Length;

    /// <summary>Index of a shard; -1: none of its entries.</summary>
    public long this[int shard] => _indices[shard];

    /// <summary>Entries up to here, less one: in a ledger of one shard the position.</summary>
    public long Total => _indices.Sum(index => index + 1) - 1;

    public static LedgerMark BeforeAll(int shards) => new(Filled(shards, -1));

    /// <param name="indices">One for each shard.</param>
    public static LedgerMark Of(params ReadOnlySpan<long> indices) => new(indices.ToArray());

    /// <returns>This mark with the position's shard moved up to it; never back.</returns>
    public LedgerMark With(LedgerPosition position)
    {
        if (_indices[position.Shard] >= position.Index)
        {
            return this;
        }

        var moved = (long[])_indices.Clone();
        moved[position.Shard] = position.Index;
        return new(moved);
    }

    /// <returns>In each shard the further of the two.</returns>
    public LedgerMark Max(LedgerMark other)
    {
        CheckShards(other);
        var further = new long[_indices.Length];
        for (var shard = 0; shard < further.Length; shard++)
        {
            further[shard] = Math.Max(_indices[shard], other._indices[shard]);
        }

        return new(further);
    }

    public bool Covers(LedgerPosition position) => position.Index <= _indices[position.Shard];

    /// <summary>Whether it is further than another in any shard.</summary>
    public bool IsPast(LedgerMark other)
    {
        CheckShards(other);
        for (var shard = 0; shard < _indices.Length; shard++)
        {
            if (_indices[shard] > other._indices[shard])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>8 bytes for each shard.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_indices.Length * BytesPerShard];
        for (var shard = 0; shard < _indices.Length; shard++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(shard * BytesPerShard), _indices[shard]);
        }

        return bytes;
    }

    /// <returns>Null: not the mark of a ledger with so many shards.</returns>
    public static LedgerMark? FromBytes(ReadOnlySpan<byte> bytes, int shards)
    {
        if (bytes.Length != shards * BytesPerShard)
        {
            return null;
        }

        var indices = new long[shards];
        for (var shard = 0; shard < shards; shard++)
        {
            indices[shard] = BinaryPrimitives.ReadInt64BigEndian(bytes[(shard * BytesPerShard)..]);
        }

        return new(indices);
    }

    public bool Equals(LedgerMark? other) => other is not null && _indices.AsSpan().SequenceEqual(other._indices);

    public override bool Equals(object? obj) => Equals(obj as LedgerMark);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var index in _indices)
        {
            hash.Add(index);
        }

        return hash.ToHashCode();
    }

    /// <summary>The indices, separated by commas.</summary>
    public override string ToString() => string.Join(
        ',', _indices.Select(index => index.ToString(CultureInfo.InvariantCulture)));

    private void CheckShards(LedgerMark other)
    {
        if (other.ShardCount != ShardCount)
        {
            throw new ArgumentException("Marks of ledgers with different numbers of shards.", nameof(other));
        }
    }

    private static long[] Filled(int length, long value)
    {
        var filled = new long[length];
        Array.Fill(filled, value);
        return filled;
    }
}
