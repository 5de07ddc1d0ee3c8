using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Sqlite;
using EcmrGateway.UnitTests.Ledger.Merkle;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

public sealed class StoredTreeTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly TreeHeadKey _key;

    public StoredTreeTests()
    {
        _key = TreeHeadKey.Open(_folder.File("a.key"));
        _database = SqliteDatabase.Open(_folder.File("ledger.db"), readOnly: false);
        LedgerSchema.Prepare(_database, "ledger.db", _key.LogId);
    }

    public void Dispose()
    {
        _database.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Gives_the_root_and_all_proofs_of_any_size_it_had()
    {
        var leaves = GrownTreeTests.Leaves(600);
        Store(leaves, batch: 7);
        var naive = new NaiveTree(leaves);
        var queries = new LedgerQueries(_database, new IndexBacklog());

        // Around the edges of the tiles, where a mistake would be.
        foreach (var size in (int[])[1, 2, 3, 100, 255, 256, 257, 258, 300, 511, 512, 513, 514, 599, 600])
        {
            var tree = new StoredTree(queries, size);
            Assert.Equal(naive.Root(size), MerkleProofs.Root(tree).ToArray());
            for (var leaf = 0; leaf < size; leaf += 1 + (size / 50))
            {
                Assert.Equal(naive.Inclusion(leaf, size), Bytes(MerkleProofs.Inclusion(tree, leaf)));
                Assert.Equal(naive.Consistency(leaf + 1, size), Bytes(MerkleProofs.Consistency(tree, leaf + 1)));
            }
        }
    }

    [Fact]
    public void Proofs_across_three_stored_levels_lead_to_the_root()
    {
        const int Size = 66_000;
        var leaves = GrownTreeTests.Leaves(Size);
        var root = Store(leaves, batch: 1000);
        var queries = new LedgerQueries(_database, new IndexBacklog());
        var tree = new StoredTree(queries, Size);

        Assert.Equal(root, MerkleProofs.Root(tree).ToArray());
        foreach (var leaf in (int[])[0, 255, 256, 32_767, 65_535, 65_536, 65_791, 65_792, Size - 1])
        {
            Assert.True(MerkleVerifier.VerifyInclusion(
                leaves[leaf], (ulong)leaf, Size, [.. MerkleProofs.Inclusion(tree, leaf)], root));
            var first = new StoredTree(queries, leaf + 1);
            Assert.True(MerkleVerifier.VerifyConsistency(
                (ulong)leaf + 1, Size, [.. MerkleProofs.Consistency(tree, leaf + 1)], MerkleProofs.Root(first).Span,
                root));
        }
    }

    [Fact]
    public void Growing_goes_on_from_the_stored_frontier()
    {
        var leaves = GrownTreeTests.Leaves(900);
        Store(leaves[..777], batch: 50);

        var frontier = new StoredTree(new LedgerQueries(_database, new IndexBacklog()), 777).Frontier();
        var grown = GrownTree.Grow(frontier, leaves[777..].SelectMany(leaf => leaf).ToArray());

        Assert.Equal(new NaiveTree(leaves).Root(900), grown.Root.ToArray());
    }

    private byte[] Store(List<byte[]> leaves, int batch)
    {
        var rows = new EntryRows(_database);
        var frontier = TreeFrontier.Empty;
        _database.Execute("BEGIN");
        for (var from = 0; from < leaves.Count; from += batch)
        {
            var hashes = leaves.Skip(from).Take(batch).SelectMany(leaf => leaf).ToArray();
            var tree = GrownTree.Grow(frontier, hashes);
            rows.InsertBatch(_key.Sign(_key.LogId, tree.Size, tree.Root, TestLedger.Time), hashes);
            foreach (var level in (int[])[8, 16])
            {
                foreach (var (index, hash) in tree.CompletedAt(level, from))
                {
                    rows.InsertNode(level, index, hash.Span);
                }
            }

            frontier = tree.Frontier;
        }

        _database.Execute("COMMIT");
        var stored = new StoredTree(new LedgerQueries(_database, new IndexBacklog()), leaves.Count);
        return MerkleProofs.Root(stored).ToArray();
    }

    private static IEnumerable<byte[]> Bytes(IEnumerable<ReadOnlyMemory<byte>> hashes) =>
        hashes.Select(hash => hash.ToArray());
}
