using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming;

/// <summary>Reads of the ledger for those who must not skip: while it is away, they are tried again in place.</summary>
internal static class PatientReads
{
    /// <param name="waitMax">Longest wait between two tries.</param>
    public static async Task<T> ReadAsync<T>(
        Func<ValueTask<T>> read, TimeSpan waitMax, TimeProvider time, CancellationToken cancellation)
    {
        var backoff = new Backoff(waitMax, time);
        while (true)
        {
            try
            {
                return await read();
            }
            catch (LedgerUnavailableException)
            {
                // The ledger logs it, and its health tells of it.
            }

            await backoff.WaitAsync(cancellation);
        }
    }
}
