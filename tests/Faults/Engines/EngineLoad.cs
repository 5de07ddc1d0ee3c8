namespace EcmrGateway.Faults.Engines;

/// <summary>Load on a row of the table.</summary>
internal static class EngineLoad
{
    public const string Party = "faults";

    private const int Callers = 8;

    private static readonly TimeSpan StreamPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);

    public static Load New() => new(Callers, StreamPause);

    /// <summary>Load before, during and after what is done.</summary>
    public static async Task RunAsync(Copies copies, Load load, ulong seed, Func<Task> meanwhile)
    {
        using var stopping = new CancellationTokenSource();
        var headers = await copies.Ingress.AsAsync("submitter", Party);
        var notes = new NoteSource(seed);
        var running = Task.Run(
            async () =>
            {
                while (!stopping.IsCancellationRequested)
                {
                    // Callers end with the gateway; it comes back.
                    await load.RunAsync(copies.Ingress, headers, notes.Next, stopping.Token);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
                }
            },
            CancellationToken.None);
        await Wait.ForReceiptAsync(load);
        await meanwhile();

        // Whatever was done: now notes are taken again.
        await Wait.ForReceiptAsync(load);
        await Task.Delay(Afterwards, TimeProvider.System);
        await stopping.CancelAsync();
        await running;
    }
}
