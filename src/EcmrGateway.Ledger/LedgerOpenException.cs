namespace EcmrGateway.Ledger;

/// <summary>
/// The ledger's files cannot be used as they are: in use, of a newer program, damaged, or with another key.
/// </summary>
/// <remarks>The message names the file and says what can be done. Starting again does not help.</remarks>
public sealed class LedgerOpenException : Exception
{
    public LedgerOpenException(string message)
        : base(message)
    {
    }

    public LedgerOpenException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public LedgerOpenException()
        : this("The ledger cannot be opened.")
    {
    }
}
