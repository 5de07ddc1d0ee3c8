using Ecmr.Facts.V1;

namespace EcmrGateway.Streaming;

/// <summary>A fact on its way to a consumer.</summary>
/// <param name="Position">Position of its ledger entry.</param>
/// <param name="TraceParent">W3C traceparent of the request that recorded it; empty: none.</param>
public sealed record StreamedFact(long Position, DateTimeOffset ReceivedTime, Fact Fact, string TraceParent);

/// <summary>Facts in the order of positions, each at least once.</summary>
public interface IFactStream
{
    /// <summary>Position of the newest fact that could be read now or soon; -1: there is none.</summary>
    long Head { get; }

    /// <summary>
    /// Facts after a position, in batches, for ever. A batch is empty when nothing came for a second.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<StreamedFact>> ReadAsync(long after, CancellationToken cancellation);
}
