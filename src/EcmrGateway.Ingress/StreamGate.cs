namespace EcmrGateway.Ingress;

/// <summary>Counts open streams, of all and of each party, so that their number has a limit.</summary>
/// <remarks>One party that opens stream after stream, by a fault or on purpose, leaves places for the others.</remarks>
internal sealed class StreamGate(IngressOptions options)
{
    private readonly Lock _counting = new();
    private readonly Dictionary<string, int> _openOf = [];
    private int _open;

    /// <returns>A place to dispose of at the end; null when there is none.</returns>
    public IDisposable? Enter(string party)
    {
        lock (_counting)
        {
            var ofParty = _openOf.GetValueOrDefault(party);
            if (_open >= options.StreamsMax || ofParty >= options.StreamsPerPartyMax)
            {
                return null;
            }

            _open++;
            _openOf[party] = ofParty + 1;
            return new Place(this, party);
        }
    }

    private void Leave(string party)
    {
        lock (_counting)
        {
            _open--;
            if (--_openOf[party] == 0)
            {
                _openOf.Remove(party);
            }
        }
    }

    private sealed class Place(StreamGate gate, string party) : IDisposable
    {
        public void Dispose() => gate.Leave(party);
    }
}
