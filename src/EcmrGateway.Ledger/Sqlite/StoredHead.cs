using System.Security.Cryptography;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Takes up the tree from disk, and checks that it is the one whose head was signed.</summary>
internal static class StoredHead
{
    /// <returns>A head of size 0, unsigned, for a ledger without entries.</returns>
    /// <exception cref="LedgerOpenException">Entries, tree and signed head do not belong together.</exception>
    public static (TreeHead Head, TreeFrontier Frontier) Read(
        LedgerQueries queries, SqliteDatabase database, TreeHeadKey key)
    {
        var entries = database.Scalar("SELECT max(position) + 1 FROM entries");
        var head = queries.ReadLastTreeHead(key.LogId);
        if (head is null && entries == 0)
        {
            return (new TreeHead { LogId = key.LogId }, TreeFrontier.Empty);
        }

        var size = (long)(head?.TreeSize ?? 0);
        if (head is null || size != entries)
        {
            throw new LedgerOpenException(FormattableString.Invariant(
                $"The ledger is damaged: it has {entries} entries, and its newest tree head has {size}."));
        }

        var tree = new StoredTree(queries, size);
        if (!MerkleProofs.Root(tree).Span.SequenceEqual(head.RootHash.Span) || !IsSigned(head, key))
        {
            throw new LedgerOpenException(FormattableString.Invariant(
                $"The ledger is damaged: its tree of {size} entries has not the root that was signed."));
        }

        return (head, tree.Frontier());
    }

    /// <summary>The index entries that are not in the tables yet.</summary>
    /// <exception cref="LedgerOpenException">Tables and log do not meet.</exception>
    public static List<IndexEntry> ReadBacklog(LedgerQueries queries, SqliteDatabase database, long size)
    {
        var indexed = database.Scalar("SELECT value FROM meta WHERE name = 'indexed'");
        var entries = queries.ReadIndexLog();
        return entries.Count == size - indexed - 1 && (entries.Count == 0 || entries[0].Position == indexed + 1)
            ? entries
            : throw new LedgerOpenException(FormattableString.Invariant(
                $"The ledger is damaged: {entries.Count} entries are not indexed; {size - indexed - 1} should be."));
    }

    private static bool IsSigned(TreeHead head, TreeHeadKey key)
    {
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return TreeHeads.Verify(head, verifier, key.LogId);
    }
}
