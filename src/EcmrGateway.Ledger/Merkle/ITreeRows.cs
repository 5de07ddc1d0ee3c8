namespace EcmrGateway.Ledger.Merkle;

/// <summary>What a database holds of a tree: the leaves, and the complete nodes of every eighth level.</summary>
internal interface ITreeRows
{
    /// <summary>Leaf hashes from one index up to, not including, another; all must be there.</summary>
    byte[] ReadLeaves(long from, long to);

    /// <summary>Nodes of a stored level from one index up to, not including, another; all must be there.</summary>
    byte[] ReadNodes(int level, long from, long to);
}
