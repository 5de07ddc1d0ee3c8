using EcmrGateway.Ledger.Merkle;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>
/// The rows of a shard's tree from a leaf to its end, in memory: at each stored level the tiles from that above the
/// leaf to the last, which is all that proofs of the leaves from there on read.
/// </summary>
internal sealed class TreeTail : ITreeRows
{
    private const int TileLength = 1 << StoredTree.Stride;

    private readonly Dictionary<int, (long Start, byte[] Hashes)> _levels = [];

    /// <summary>In one round trip.</summary>
    /// <param name="size">Leaves of the tree; a batch ends there.</param>
    public static async Task<TreeTail> ReadAsync(NpgsqlDataSource source, int shard, long first, long size)
    {
        var tail = new TreeTail();
        await using var batch = source.CreateBatch();
        for (var level = 0; size >> level > 0; level += StoredTree.Stride)
        {
            var (start, end) = ((first >> level) / TileLength * TileLength, size >> level);
            tail._levels.Add(level, (start, new byte[(end - start) * MerkleHash.Length]));
            batch.BatchCommands.Add(level == 0 ? Leaves(shard, start, end) : Nodes(shard, level, start, end));
        }

        await using var rows = await batch.ExecuteReaderAsync();
        foreach (var (start, hashes) in tail._levels.Values)
        {
            while (await rows.ReadAsync())
            {
                // The leaves come in batches, of which the first may begin before what is wanted.
                var found = rows.GetFieldValue<byte[]>(1);
                var at = (rows.GetInt64(0) - start) * MerkleHash.Length;
                var skipped = (int)Math.Max(0, -at);
                found.AsSpan(skipped).CopyTo(hashes.AsSpan((int)(at + skipped)));
            }

            await rows.NextResultAsync();
        }

        return tail;
    }

    public byte[] ReadLeaves(long from, long to) => ReadNodes(level: 0, from, to);

    public byte[] ReadNodes(int level, long from, long to)
    {
        var (start, hashes) = _levels[level];
        return hashes[(int)((from - start) * MerkleHash.Length)..(int)((to - start) * MerkleHash.Length)];
    }

    private static NpgsqlBatchCommand Leaves(int shard, long start, long end) => new(
        $"SELECT size - octet_length(leaves) / {MerkleHash.Length}, leaves FROM ledger.batches "
        + "WHERE shard = $1 AND size > $2 AND size <= $3 ORDER BY size")
    {
        Parameters = { new() { Value = shard }, new() { Value = start }, new() { Value = end } },
    };

    private static NpgsqlBatchCommand Nodes(int shard, int level, long start, long end) => new(
        "SELECT idx, hash FROM ledger.nodes WHERE shard = $1 AND idx >= $2 AND idx < $3 AND level = $4 ORDER BY idx")
    {
        Parameters =
        {
            new() { Value = shard }, new() { Value = start }, new() { Value = end }, new() { Value = level },
        },
    };
}
