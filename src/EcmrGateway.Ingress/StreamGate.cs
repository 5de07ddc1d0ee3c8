namespace EcmrGateway.Ingress;

/// <summary>Counts open streams, so that their number has a limit.</summary>
internal sealed class StreamGate(IngressOptions options)
{
    private int _open;

    /// <returns>A place to dispose of at the end; null when there is none.</returns>
    public IDisposable? Enter()
    {
        if (Interlocked.Increment(ref _open) <= options.StreamsMax)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Place(StreamGate gate) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref gate._open);
    }
}
