using System.Data.Common;
using Wolverine;
using Wolverine.Persistence.Durability;
using Wolverine.RDBMS;

namespace EcmrGateway.Rivals.Relay;

/// <summary>Gathers the envelopes of a transaction and stores them in one command before the commit.</summary>
/// <remarks>
/// Wolverine's own transaction over ADO.NET stores each envelope by itself, a round trip for each. This one does what
/// its integrations with Marten and Entity Framework do.
/// </remarks>
internal sealed class EnvelopeBatch(IMessageDatabase storage, DbTransaction transaction) : IEnvelopeTransaction
{
    private readonly List<Envelope> _outgoing = [];

    /// <summary>Stores what was gathered.</summary>
    public async Task StoreAsync()
    {
        await storage.StoreOutgoingAsync(transaction, [.. _outgoing]);
        _outgoing.Clear();
    }

    public Task PersistOutgoingAsync(Envelope envelope)
    {
        _outgoing.Add(envelope);
        return Task.CompletedTask;
    }

    public Task PersistOutgoingAsync(Envelope[] envelopes)
    {
        _outgoing.AddRange(envelopes);
        return Task.CompletedTask;
    }

    public Task PersistIncomingAsync(Envelope envelope) => storage.StoreIncomingAsync(transaction, [envelope]);

    public async ValueTask RollbackAsync() => await transaction.RollbackAsync();

    public Task<bool> TryMakeEagerIdempotencyCheckAsync(
        Envelope envelope, DurabilitySettings settings, CancellationToken cancellation) =>
        throw new NotSupportedException("Nothing is received.");
}
