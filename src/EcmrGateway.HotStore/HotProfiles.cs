using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.HotStore;

/// <summary>Tells one state of a profile from another.</summary>
/// <param name="Value">0: it is not there.</param>
public readonly record struct HotVersion(ulong Value)
{
    public static readonly HotVersion Absent = new(0);
}

/// <summary>A profile as it was found.</summary>
/// <param name="Profile">Null: not there, or not readable; then it is made from the facts.</param>
/// <param name="Version">What a save must find.</param>
public readonly record struct Held<TProfile>(TProfile? Profile, HotVersion Version)
    where TProfile : class;

/// <summary>A consignor's profile, and what its vehicles on the road have been assessed with.</summary>
/// <param name="AssessedPoints">
/// The consignor's points in the scores of all of its vehicles on the road; null: that is not known.
/// </param>
public sealed record HotConsignor(ConsignorProfile Profile, int? AssessedPoints);

/// <summary>Hours, both inclusive, of which a vehicle is in an area's rankings with a movement's points.</summary>
public readonly record struct RankedPassage(string Area, int FirstHour, int LastHour, int Points);

/// <summary>A vehicle's profile, and what the rankings hold of it.</summary>
/// <param name="Ranked">Of several in one ranking the most points count.</param>
public sealed record HotVehicle(VehicleProfile Profile, IReadOnlyList<RankedPassage> Ranked);

/// <param name="Generation">Name of the content at the time; null: there is none.</param>
public sealed record HotVehicles(string? Generation, IReadOnlyDictionary<SubjectId, Held<HotVehicle>> Vehicles);

/// <param name="Generation">Name of the content at the time; null: there is none.</param>
public sealed record HotSubjects(
    string? Generation,
    IReadOnlyDictionary<SubjectId, Held<CarrierProfile>> Carriers,
    IReadOnlyDictionary<SubjectId, Held<HotConsignor>> Consignors);

/// <summary>That a score of a vehicle rests on a carrier or a consignor.</summary>
/// <param name="Kind">Carrier or Consignor.</param>
/// <param name="UntilMs">From when on its score need not be kept up to date any more.</param>
public readonly record struct OnRoad(SubjectKind Kind, SubjectId Subject, SubjectId Vehicle, long UntilMs);

/// <param name="Expected">The version over which it may be written.</param>
/// <param name="Next">The version it has then; made by <see cref="HotVersions"/>.</param>
public readonly record struct Changed<TProfile>(TProfile Profile, HotVersion Expected, HotVersion Next);

/// <summary>A vehicle that was assessed.</summary>
/// <param name="Before">What the rankings hold now. What <paramref name="After"/> has not is taken out.</param>
public sealed record ChangedVehicle(
    VehicleProfile Profile, IReadOnlyList<RankedPassage> Before, VehicleAssessment After, HotVersion Expected,
    HotVersion Next);

/// <summary>What is to be written at once.</summary>
public sealed record HotChanges(
    IReadOnlyDictionary<SubjectId, Changed<CarrierProfile>> Carriers,
    IReadOnlyDictionary<SubjectId, Changed<HotConsignor>> Consignors,
    IReadOnlyCollection<ChangedVehicle> Vehicles)
{
    public int Count => Carriers.Count + Consignors.Count + Vehicles.Count;
}

/// <summary>What became of a save.</summary>
/// <param name="ContentLost">The store holds another generation, or none; nothing was written.</param>
/// <param name="Carriers">Not written: somebody else did in the meantime.</param>
/// <param name="Consignors">Not written.</param>
/// <param name="Vehicles">Not written.</param>
public sealed record SaveResult(
    bool ContentLost, IReadOnlySet<SubjectId> Carriers, IReadOnlySet<SubjectId> Consignors,
    IReadOnlySet<SubjectId> Vehicles)
{
    public static SaveResult Saved { get; } =
        new(false, new HashSet<SubjectId>(), new HashSet<SubjectId>(), new HashSet<SubjectId>());

    public static SaveResult Lost { get; } = Saved with { ContentLost = true };
}
