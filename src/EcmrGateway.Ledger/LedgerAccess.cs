namespace EcmrGateway.Ledger;

/// <summary>
/// What a process does with the ledger. It opens no key that it does not use, and its role in PostgreSQL is the one
/// that may do no more.
/// </summary>
public enum LedgerAccess
{
    /// <summary>Appends and answers callers: signs tree heads, makes pseudonyms and tokens.</summary>
    Append,

    /// <summary>
    /// Reads facts, and needs no key in PostgreSQL. A ledger in a folder is its process's own, which signs its head.
    /// </summary>
    ReadFacts,
}

/// <summary>Which access a process needs; the program and its doctor go by it.</summary>
public static class LedgerAccessRule
{
    /// <param name="roles">Names, as in the setting Roles.</param>
    public static LedgerAccess Of(IEnumerable<string> roles) =>
        roles.Any(role => role is "ingress" or "inspection") ? LedgerAccess.Append : LedgerAccess.ReadFacts;
}
