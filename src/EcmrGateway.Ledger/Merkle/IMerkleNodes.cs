namespace EcmrGateway.Ledger.Merkle;

/// <summary>
/// The nodes of one tree. Two ways to have them: in memory for a batch just made, on disk for all others.
/// </summary>
internal interface IMerkleNodes
{
    /// <summary>Number of leaves.</summary>
    long Size { get; }

    /// <summary>
    /// Hash over the leaves from <paramref name="index"/> times 2^<paramref name="level"/>, 2^level of them or as many
    /// as there are.
    /// </summary>
    /// <remarks>At least one leaf must be there.</remarks>
    ReadOnlyMemory<byte> Node(int level, long index);
}
