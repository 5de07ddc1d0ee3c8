using EcmrGateway.Ledger.Merkle;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Reads the rows of one shard's tree, on a connection of the pool. For one thread.</summary>
internal sealed class ShardTreeRows(NpgsqlConnection connection, int shard) : ITreeRows
{
    public byte[] ReadLeaves(long from, long to)
    {
        var hashes = new byte[(to - from) * MerkleHash.Length];
        var next = from;
        using var command = Command(
            "SELECT size, leaves FROM ledger.batches WHERE shard = $1 AND size > $2 ORDER BY size LIMIT $3",
            from, to - from);
        using var rows = command.ExecuteReader();
        while (next < to && rows.Read())
        {
            var leaves = rows.GetFieldValue<byte[]>(1);
            var first = rows.GetInt64(0) - (leaves.Length / MerkleHash.Length);
            var skipped = (int)((next - first) * MerkleHash.Length);
            var length = (int)Math.Min(leaves.Length - skipped, (to - next) * MerkleHash.Length);
            leaves.AsSpan(skipped, length).CopyTo(hashes.AsSpan((int)((next - from) * MerkleHash.Length)));
            next += length / MerkleHash.Length;
        }

        return hashes;
    }

    public byte[] ReadNodes(int level, long from, long to)
    {
        var hashes = new byte[(to - from) * MerkleHash.Length];
        using var command = Command(
            "SELECT hash FROM ledger.nodes WHERE shard = $1 AND idx >= $2 AND idx < $3 AND level = $4 ORDER BY idx",
            from, to);
        command.Parameters.Add(new() { Value = level });
        using var rows = command.ExecuteReader();
        for (var next = 0; rows.Read(); next += MerkleHash.Length)
        {
            rows.GetFieldValue<byte[]>(0).CopyTo(hashes, next);
        }

        return hashes;
    }

    private NpgsqlCommand Command(string sql, long second, long third)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = second });
        command.Parameters.Add(new() { Value = third });
        return command;
    }
}
