using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming;

/// <summary>Reads of the ledger for those who must not skip: while it is away, they are tried again in place.</summary>
internal static class PatientReads
{
    /// <summary>Longest wait between two tries.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    public static async Task<T> ReadAsync<T>(
        Func<ValueTask<T>> read, TimeProvider time, CancellationToken cancellation)
    {
        var backoff = new Backoff(WaitMax, time);
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
