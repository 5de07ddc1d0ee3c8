namespace EcmrGateway.Host.Shutdown;

/// <summary>Ends the streams before the connections under them.</summary>
/// <remarks>
/// A connection that is closed while its client still sends is reset, and what the client has not read yet is lost: the
/// last answers and the status. So the connections stay open until the streams have ended and a moment longer, in which
/// clients hear of it.
/// </remarks>
internal sealed class StreamsFirst(Drain drain, IHostApplicationLifetime application, TimeProvider time)
    : IHostedLifecycleService
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait for the streams; one whose client reads nothing ends with its connection.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Where the host is stopped without a signal, the streams have not heard of it yet.
        application.StopApplication();
        if (drain.Streams == 0)
        {
            return;
        }

        var start = time.GetTimestamp();
        while (drain.Streams > 0 && time.GetElapsedTime(start) < Patience
            && !cancellationToken.IsCancellationRequested)
        {
            await WaitAsync(cancellationToken);
        }

        await WaitAsync(cancellationToken);
    }

    /// <summary>When the time for the stop is over, the next step is to cut the connections, not to fail.</summary>
    private async Task WaitAsync(CancellationToken cancellation) => await Task.Delay(Moment, time, cancellation)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
