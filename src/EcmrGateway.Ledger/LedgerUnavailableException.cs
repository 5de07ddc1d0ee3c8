namespace EcmrGateway.Ledger;

/// <summary>
/// The ledger's database cannot be read now; nothing is lost, and asking again helps when it is back.
/// </summary>
public sealed class LedgerUnavailableException(string message, Exception? inner) : Exception(message, inner);
