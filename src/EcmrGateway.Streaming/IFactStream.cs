using Ecmr.Facts.V1;

namespace EcmrGateway.Streaming;

/// <summary>A fact on its way to a consumer.</summary>
/// <param name="Position">Position of its ledger entry; <see cref="FactPosition"/> takes it apart.</param>
/// <param name="TraceParent">W3C traceparent of the request that recorded it; empty: none.</param>
/// <param name="IsLate">
/// Whether it was parked and comes now, after facts of its shard with a higher index: what is told of it by the index
/// of others does not hold.
/// </param>
public sealed record StreamedFact(
    long Position, DateTimeOffset ReceivedTime, Fact Fact, string TraceParent, bool IsLate = false);

/// <summary>
/// What a consumer can use, asked before a fact is handed to it; one that it cannot use is parked with all that follows
/// of its key. Called by a thread of the stream's own.
/// </summary>
/// <exception cref="InvalidDataException">It can never be used as it is, by this version of the program.</exception>
public delegate void FactCheck(StreamedFact fact);

/// <summary>What a consumer gets at a time.</summary>
/// <param name="Facts">
/// In the order of positions within each shard; empty at the beginning, when the shards change, and when nothing came
/// for a second.
/// </param>
/// <param name="Shards">Shards whose facts come to this consumer, and now to no other.</param>
public sealed record FactBatch(IReadOnlyList<StreamedFact> Facts, IReadOnlyList<int> Shards);

/// <summary>Facts in the order of positions within each shard, each at least once.</summary>
/// <remarks>
/// Where a stream has dead letters, the facts of a parked key are left out, and come when the key is released, in their
/// order.
/// </remarks>
public interface IFactStream
{
    /// <summary>Facts in batches, for ever. Asking for the next says that the one before has had its effect.</summary>
    /// <param name="after">
    /// Indices by shard that a stream without a memory of its own begins after; a shard that is not named begins with
    /// its first fact.
    /// </param>
    IAsyncEnumerable<FactBatch> ReadAsync(IReadOnlyDictionary<int, long> after, CancellationToken cancellation);
}
