namespace EcmrGateway.Rivals.Relay;

/// <summary>Publishers side by side, each with one transaction after another.</summary>
internal static class Publishers
{
    /// <param name="transact">Commits one transaction with these facts.</param>
    public static Task RunAsync(
        IReadOnlyList<SampleFact> facts, int publishers, int perTransaction,
        Func<IReadOnlyList<SampleFact>, Task> transact)
    {
        var next = 0;
        return Task.WhenAll(Enumerable.Range(0, publishers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var from = Interlocked.Add(ref next, perTransaction) - perTransaction;
                if (from >= facts.Count)
                {
                    return;
                }

                await transact([.. facts.Skip(from).Take(perTransaction)]);
            }
        })));
    }
}
