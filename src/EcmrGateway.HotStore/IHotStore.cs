using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.HotStore;

/// <summary>Profiles found hot; a subject that is missing was not there and is read from the facts.</summary>
/// <param name="Generation">Name of the content; changes when the store lost what it had. Null: never filled.</param>
public sealed record HotProfiles(
    string? Generation,
    IReadOnlyDictionary<SubjectId, CarrierProfile> Carriers,
    IReadOnlyDictionary<SubjectId, ConsignorProfile> Consignors,
    IReadOnlyDictionary<SubjectId, VehicleProfile> Vehicles,
    IReadOnlyDictionary<SubjectId, VehicleAssessment> Assessments);

/// <summary>What one batch of facts changes.</summary>
public sealed record HotChanges(
    IReadOnlyDictionary<SubjectId, CarrierProfile> Carriers,
    IReadOnlyDictionary<SubjectId, ConsignorProfile> Consignors,
    IReadOnlyDictionary<SubjectId, VehicleProfile> Vehicles,
    IReadOnlyList<AssessmentChange> Assessments);

/// <param name="Before">What the rankings hold now; null: nothing. Its passages that are gone are taken out.</param>
public sealed record AssessmentChange(VehicleAssessment? Before, VehicleAssessment After);

/// <summary>A vehicle as a ranking holds it.</summary>
public readonly record struct RankedEntry(SubjectId Vehicle, int Points);

/// <summary>How far scoring is in a shard of the ledger, written with every batch.</summary>
/// <param name="ScoredIndex">All facts of the shard up to this index are scored; -1: none.</param>
/// <param name="RebuiltPercent">100: no rebuild runs.</param>
public sealed record ShardProgress(long ScoredIndex, int RebuiltPercent)
{
    /// <summary>
    /// Whether scoring ended in order after this. Otherwise a save may have broken off, and the content is not gone on
    /// with.
    /// </summary>
    public bool Stopped { get; init; }
}

/// <summary>Hot profiles and rankings. Nothing in it is a record: all can be rebuilt from the facts.</summary>
/// <exception cref="HotStoreUnavailableException">From every member: the store cannot be reached in time.</exception>
public interface IHotStore
{
    /// <summary>One round trip for all subjects.</summary>
    Task<HotProfiles> LoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation);

    /// <summary>Writes profiles, assessments and their places in the rankings; one round trip.</summary>
    /// <remarks>
    /// A save that failed may have written a part. The very same save again puts it right; nothing else does.
    /// </remarks>
    Task SaveAsync(HotChanges changes, CancellationToken cancellation);

    /// <summary>Best of an area over hours, highest points first, then by vehicle; a vehicle counts once.</summary>
    Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation);

    /// <summary>Assessments of the vehicles that have one; one round trip.</summary>
    Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation);

    /// <summary>Empties the store and gives it a new generation.</summary>
    Task ResetAsync(string generation, CancellationToken cancellation);

    /// <summary>Sets the progress of some shards; that of others stays.</summary>
    Task SetProgressAsync(IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation);

    /// <returns>By shard; empty: scoring never ran on this content.</returns>
    Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation);
}

/// <summary>The hot store cannot be reached in time; nothing is lost, and asking again may help.</summary>
public sealed class HotStoreUnavailableException(string message, Exception? inner) : Exception(message, inner);
