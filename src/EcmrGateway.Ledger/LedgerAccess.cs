namespace EcmrGateway.Ledger;

/// <summary>What a process does with the ledger. It opens no key that it does not use.</summary>
public enum LedgerAccess
{
    /// <summary>Appends and answers callers: signs tree heads, makes pseudonyms and tokens.</summary>
    Append,

    /// <summary>
    /// Reads facts, and needs no key in PostgreSQL. A ledger in a folder is its process's own, which signs its head.
    /// </summary>
    ReadFacts,
}
