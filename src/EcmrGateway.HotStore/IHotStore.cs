using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.HotStore;

/// <summary>A vehicle as a ranking holds it.</summary>
public readonly record struct RankedEntry(SubjectId Vehicle, int Points);

/// <summary>Hot profiles and rankings. Nothing in it is a record: all can be rebuilt from the facts.</summary>
/// <remarks>
/// Many processes may write at once. A profile is saved only over the state that was loaded, and a vehicle's profile,
/// its assessment and its places in the rankings are written together or not at all. A vehicle is on the road of a
/// carrier or consignor before that one's profile is read for it: so of two writers, one that changes the profile and
/// one that assesses the vehicle, at least one sees the other.
/// <para>
/// A store may come back without its last writes. Each write of a process looks whether those before are there; where
/// they are not, the content counts as lost for it. It takes progress again then, and goes on from what that says.
/// </para>
/// </remarks>
/// <exception cref="HotStoreUnavailableException">From every member: the store cannot be reached in time.</exception>
public interface IHotStore
{
    /// <returns>Name of the content; changes when the store lost what it had. Null: never filled.</returns>
    Task<string?> GenerationAsync(CancellationToken cancellation);

    /// <summary>One round trip for all vehicles; each is in the answer. One that has a profile is assessed.</summary>
    Task<HotVehicles> LoadVehiclesAsync(IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation);

    /// <summary>
    /// Puts vehicles on the road, then reads profiles; one round trip. Each profile is in the answer.
    /// </summary>
    Task<HotSubjects> LoadSubjectsAsync(
        IReadOnlyCollection<OnRoad> onRoad, IReadOnlyCollection<SubjectId> carriers,
        IReadOnlyCollection<SubjectId> consignors, CancellationToken cancellation);

    /// <summary>Vehicles now on the road of any of the subjects; one round trip.</summary>
    Task<IReadOnlySet<SubjectId>> OnRoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        CancellationToken cancellation);

    /// <summary>Writes what nobody has changed since it was loaded; one round trip.</summary>
    /// <remarks>After a failure any of it may be written. What was, is a conflict when it is saved again.</remarks>
    Task<SaveResult> SaveAsync(string generation, HotChanges changes, CancellationToken cancellation);

    /// <summary>Best of an area over hours, highest points first, then by vehicle; a vehicle counts once.</summary>
    Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation);

    /// <summary>Assessments of the vehicles that have one; one round trip.</summary>
    Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation);

    /// <summary>Empties the store and gives it a new generation, and the progress that holds for it.</summary>
    /// <param name="begun">
    /// Of every shard, from before the call: whoever makes a profile for the new content must find all facts up to
    /// there in the ledger. Then what comes after it is all that may be missing in any profile.
    /// </param>
    Task ResetAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> begun, CancellationToken cancellation);

    /// <summary>Reads the progress before anything is written: what is lost after that, the next write tells.</summary>
    /// <param name="afresh">
    /// What is there is what this process goes on from; otherwise all that it wrote must be there.
    /// </param>
    /// <returns>
    /// By shard, as <see cref="ProgressAsync"/>. Null: the content is not as this process left it, or its parts say
    /// different things; then another process writes its progress at this moment, or one part lost more than another.
    /// </returns>
    Task<IReadOnlyDictionary<int, ShardProgress>?> TakeProgressAsync(bool afresh, CancellationToken cancellation);

    /// <summary>Sets the progress of some shards; that of others stays.</summary>
    /// <returns>False: the content is another, or not as this process left it; then it is not set.</returns>
    Task<bool> SetProgressAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation);

    /// <returns>By shard; empty: scoring never ran on this content.</returns>
    Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation);
}

/// <summary>The hot store cannot be reached in time; nothing is lost, and asking again may help.</summary>
public sealed class HotStoreUnavailableException(string message, Exception? inner) : Exception(message, inner);
