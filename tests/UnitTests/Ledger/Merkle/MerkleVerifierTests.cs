using CsCheck;
using EcmrGateway.Ledger.Merkle;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Merkle;

public sealed class MerkleVerifierTests
{
    private const int SizeMax = 70;
    private static readonly List<byte[]> Leaves = GrownTreeTests.Leaves(SizeMax);
    private static readonly NaiveTree Tree = new(Leaves);

    private static readonly Gen<(int Leaf, int Size)> LeafAndSize =
        Gen.Int[1, SizeMax].SelectMany(size => Gen.Int[0, size - 1].Select(leaf => (leaf, size)));

    private static readonly Gen<(int First, int Size)> TwoSizes =
        Gen.Int[1, SizeMax].SelectMany(size => Gen.Int[1, size].Select(first => (first, size)));

    [Fact]
    public void Accepts_each_leaf_of_each_tree()
    {
        for (var size = 1; size <= SizeMax; size++)
        {
            for (var leaf = 0; leaf < size; leaf++)
            {
                Assert.True(Includes(leaf, size, Tree.Inclusion(leaf, size)));
            }
        }
    }

    [Fact]
    public void Accepts_each_tree_as_the_beginning_of_each_larger_one()
    {
        for (var size = 1; size <= SizeMax; size++)
        {
            for (var first = 1; first <= size; first++)
            {
                Assert.True(IsConsistent(first, size, Tree.Consistency(first, size)));
            }
        }
    }

    [Fact]
    public void Rejects_an_inclusion_path_with_one_bit_changed() =>
        LeafAndSize.Where(at => at.Size > 1).Select(Gen.Int[0, 10_000]).Sample((at, bit) =>
        {
            var path = Tree.Inclusion(at.Leaf, at.Size);
            return !Includes(at.Leaf, at.Size, Flip(path, bit));
        });

    [Fact]
    public void Rejects_a_consistency_proof_with_one_bit_changed() =>
        TwoSizes.Where(at => at.First < at.Size).Select(Gen.Int[0, 10_000]).Sample((at, bit) =>
        {
            var path = Tree.Consistency(at.First, at.Size);
            return !IsConsistent(at.First, at.Size, Flip(path, bit));
        });

    [Fact]
    public void Rejects_a_path_that_is_longer_or_shorter() =>
        LeafAndSize.Where(at => at.Size > 1).Sample(at =>
        {
            var path = Tree.Inclusion(at.Leaf, at.Size);
            return !Includes(at.Leaf, at.Size, [.. path, path[0]]) && !Includes(at.Leaf, at.Size, path[..^1])
                && !Includes(at.Leaf, at.Size, [path[0], .. path]) && !Includes(at.Leaf, at.Size, path[1..]);
        });

    [Fact]
    public void Rejects_another_index_than_the_leaf_has() =>
        LeafAndSize.Where(at => at.Size > 1).Sample(at => !MerkleVerifier.VerifyInclusion(
            Leaves[at.Leaf], (ulong)((at.Leaf + 1) % at.Size), (ulong)at.Size,
            Memory(Tree.Inclusion(at.Leaf, at.Size)), Tree.Root(at.Size)));

    [Fact]
    public void Rejects_an_index_at_or_beyond_the_size()
    {
        Assert.False(MerkleVerifier.VerifyInclusion(Leaves[0], 1, 1, [], Leaves[0]));
        Assert.False(MerkleVerifier.VerifyInclusion(Leaves[0], 0, 0, [], Leaves[0]));
        Assert.False(MerkleVerifier.VerifyInclusion(Leaves[0], ulong.MaxValue, ulong.MaxValue, [], Leaves[0]));
    }

    [Fact]
    public void Rejects_hashes_that_are_not_32_bytes()
    {
        var path = Tree.Inclusion(2, 3);
        byte[] tooLong = [.. path[0], 0];

        Assert.False(Includes(2, 3, [tooLong]));
        Assert.False(Includes(2, 3, [path[0][..31]]));
        Assert.False(MerkleVerifier.VerifyInclusion(Leaves[0].AsSpan(0, 31), 0, 1, [], Leaves[0]));
        Assert.False(MerkleVerifier.VerifyConsistency(1, 1, [], Leaves[0].AsSpan(0, 31), Leaves[0].AsSpan(0, 31)));
    }

    [Fact]
    public void Rejects_an_empty_or_larger_first_tree()
    {
        Assert.False(MerkleVerifier.VerifyConsistency(0, 0, [], MerkleHash.EmptyRoot(), MerkleHash.EmptyRoot()));
        Assert.False(MerkleVerifier.VerifyConsistency(0, 3, [], MerkleHash.EmptyRoot(), Tree.Root(3)));
        Assert.False(
            MerkleVerifier.VerifyConsistency(3, 2, Memory(Tree.Consistency(2, 3)), Tree.Root(3), Tree.Root(2)));
    }

    [Fact]
    public void Rejects_a_proof_between_equal_sizes_and_none_between_different_ones()
    {
        Assert.False(MerkleVerifier.VerifyConsistency(3, 3, [Leaves[0]], Tree.Root(3), Tree.Root(3)));
        Assert.False(MerkleVerifier.VerifyConsistency(3, 3, [], Tree.Root(3), Tree.Root(4)));
        Assert.False(MerkleVerifier.VerifyConsistency(3, 4, [], Tree.Root(3), Tree.Root(4)));
    }

    private static bool Includes(int leaf, int size, List<byte[]> path) => MerkleVerifier.VerifyInclusion(
        Leaves[leaf], (ulong)leaf, (ulong)size, Memory(path), Tree.Root(size));

    private static bool IsConsistent(int first, int size, List<byte[]> path) => MerkleVerifier.VerifyConsistency(
        (ulong)first, (ulong)size, Memory(path), Tree.Root(first), Tree.Root(size));

    private static ReadOnlyMemory<byte>[] Memory(List<byte[]> path) =>
        [.. path.Select(hash => new ReadOnlyMemory<byte>(hash))];

    private static List<byte[]> Flip(List<byte[]> path, int bit)
    {
        bit %= path.Count * 256;
        List<byte[]> changed = [.. path.Select(hash => hash.ToArray())];
        changed[bit / 256][bit % 256 / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}
