using EcmrGateway.Ledger.Merkle;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Merkle;

public sealed class MerkleHashTests
{
    [Fact]
    public void The_empty_tree_has_the_hash_of_nothing() =>
        Assert.Equal(PublishedVectors.Roots[0], Convert.ToHexStringLower(MerkleHash.EmptyRoot()));

    [Fact]
    public void Leaves_and_nodes_have_the_published_hashes()
    {
        var hash = new byte[MerkleHash.Length];

        MerkleHash.Leaf("L123456"u8, hash);
        Assert.Equal(
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56", Convert.ToHexStringLower(hash));

        MerkleHash.Leaf([], hash);
        Assert.Equal(PublishedVectors.Roots[1], Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void A_leaf_larger_than_the_stack_takes_is_hashed_alike()
    {
        var data = Enumerable.Range(0, 5000).Select(value => (byte)value).ToArray();
        var hash = new byte[MerkleHash.Length];

        MerkleHash.Leaf(data, hash);

        Assert.Equal(System.Security.Cryptography.SHA256.HashData([0, .. data]), hash);
    }

    [Fact]
    public void Folding_gives_the_same_root_as_splitting()
    {
        var leaves = PublishedVectors.LeafHashes;
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = new byte[MerkleHash.Length];

            MerkleHash.Fold(leaves.Take(size).SelectMany(leaf => leaf).ToArray(), root);

            Assert.Equal(PublishedVectors.Roots[size], Convert.ToHexStringLower(root));
        }
    }
}
