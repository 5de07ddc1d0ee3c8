using CsCheck;
using EcmrGateway.Ledger.Merkle;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Merkle;

public sealed class GrownTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Has_the_published_roots(int size) =>
        Assert.Equal(
            PublishedVectors.Roots[size], Convert.ToHexStringLower(PublishedVectors.TreeOf(size).Root.Span));

    [Theory]
    [MemberData(nameof(PublishedVectors.Inclusions), MemberType = typeof(PublishedVectors))]
    public void Gives_the_published_inclusion_paths(int leaf, int size, string[] expected) =>
        Assert.Equal(expected, Hex(MerkleProofs.Inclusion(PublishedVectors.TreeOf(size), leaf)));

    [Theory]
    [MemberData(nameof(PublishedVectors.Consistencies), MemberType = typeof(PublishedVectors))]
    public void Gives_the_published_consistency_proofs(int first, int size, string[] expected) =>
        Assert.Equal(expected, Hex(MerkleProofs.Consistency(PublishedVectors.TreeOf(size), first)));

    [Fact]
    public void In_any_batches_roots_and_paths_are_those_of_the_whole_tree() =>
        Gen.Int[1, 40].List[1, 12].Sample(
            batches =>
            {
                var leaves = Leaves(batches.Sum());
                var naive = new NaiveTree(leaves);
                var frontier = TreeFrontier.Empty;
                var from = 0;
                foreach (var batch in batches)
                {
                    var tree = GrownTree.Grow(
                        frontier, leaves.Skip(from).Take(batch).SelectMany(leaf => leaf).ToArray());
                    var size = from + batch;
                    Assert.Equal(naive.Root(size), tree.Root.ToArray());
                    for (var leaf = from; leaf < size; leaf++)
                    {
                        Assert.Equal(Hex(naive.Inclusion(leaf, size)), Hex(MerkleProofs.Inclusion(tree, leaf)));
                    }

                    from = size;
                    frontier = tree.Frontier;
                }
            },
            iter: 200);

    [Fact]
    public void Tells_each_complete_subtree_once_when_it_is_completed()
    {
        var leaves = Leaves(700);
        var frontier = TreeFrontier.Empty;
        var told = new List<(long, string)>();
        for (var from = 0; from < leaves.Count; from += 35)
        {
            var tree = GrownTree.Grow(frontier, leaves.Skip(from).Take(35).SelectMany(leaf => leaf).ToArray());
            told.AddRange(tree.CompletedAt(8, from)
                .Select(node => (node.Index, Convert.ToHexStringLower(node.Hash.Span))));
            frontier = tree.Frontier;
        }

        Assert.Equal(
            [
                (0, Convert.ToHexStringLower(new NaiveTree(leaves).Root(256))),
                (1, Convert.ToHexStringLower(new NaiveTree([.. leaves.Skip(256)]).Root(256))),
            ],
            told);
    }

    internal static List<byte[]> Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(number => NaiveTree.LeafOf(BitConverter.GetBytes(number)))];

    internal static IEnumerable<string> Hex(IEnumerable<ReadOnlyMemory<byte>> hashes) =>
        hashes.Select(hash => Convert.ToHexStringLower(hash.Span));

    private static IEnumerable<string> Hex(IEnumerable<byte[]> hashes) => hashes.Select(Convert.ToHexStringLower);
}
