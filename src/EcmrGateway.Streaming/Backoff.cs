namespace EcmrGateway.Streaming;

/// <summary>Waits between tries: twice as long each time, up to a limit.</summary>
internal sealed class Backoff(TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    private TimeSpan _next = First;

    public Task WaitAsync(CancellationToken cancellation)
    {
        var wait = _next < limit ? _next : limit;
        _next = 2 * wait;
        return Task.Delay(wait, time, cancellation);
    }

    public void Reset() => _next = First;
}
