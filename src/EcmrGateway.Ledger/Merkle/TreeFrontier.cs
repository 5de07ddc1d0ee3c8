namespace EcmrGateway.Ledger.Merkle;

/// <summary>What is needed of a tree to append to it: its size and, for each bit of it, one complete subtree.</summary>
/// <param name="Size">Number of leaves.</param>
/// <param name="Subtrees">At level l the complete subtree of 2^l leaves, where bit l of the size is set.</param>
internal sealed record TreeFrontier(long Size, ReadOnlyMemory<byte>[] Subtrees)
{
    /// <summary>A tree of 2^62 leaves is out of reach.</summary>
    public const int LevelsMax = 62;

    public static readonly TreeFrontier Empty = new(0, new ReadOnlyMemory<byte>[LevelsMax]);

    public bool Has(int level) => ((Size >> level) & 1) == 1;
}
