using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Profiles of one batch: loaded once, folded, and written back where they changed.</summary>
internal sealed class WorkingSet
{
    public ProfileSet<CarrierProfile> Carriers { get; } = new();

    public ProfileSet<ConsignorProfile> Consignors { get; } = new();

    public ProfileSet<VehicleProfile> Vehicles { get; } = new();

    /// <summary>What the rankings hold, of the vehicles that have been loaded.</summary>
    public Dictionary<SubjectId, VehicleAssessment> Assessments { get; } = [];

    public HotChanges Changes(IReadOnlyList<AssessmentChange> assessments) =>
        new(Carriers.Changed(), Consignors.Changed(), Vehicles.Changed(), assessments);
}

/// <summary>Profiles of one kind.</summary>
internal sealed class ProfileSet<TProfile>
    where TProfile : class
{
    private readonly Dictionary<SubjectId, TProfile> _profiles = [];
    private readonly HashSet<SubjectId> _changed = [];

    /// <summary>Those that the hot store had not, and that came from the facts.</summary>
    public HashSet<SubjectId> Missed { get; } = [];

    /// <exception cref="KeyNotFoundException">It was not loaded.</exception>
    public TProfile this[SubjectId id] => _profiles[id];

    public TProfile? Find(SubjectId id) => _profiles.GetValueOrDefault(id);

    /// <summary>Those that are not loaded yet.</summary>
    public List<SubjectId> Absent(IEnumerable<SubjectId> ids) => [.. ids.Where(id => !_profiles.ContainsKey(id))];

    public void AddHot(IReadOnlyDictionary<SubjectId, TProfile> hot)
    {
        foreach (var (id, profile) in hot)
        {
            _profiles.Add(id, profile);
        }
    }

    /// <summary>Adds one that was made from the facts; it is written even when nothing is folded into it.</summary>
    public void AddMissed(SubjectId id, TProfile profile)
    {
        _profiles.Add(id, profile);
        Missed.Add(id);
        _changed.Add(id);
    }

    /// <summary>A fold that changes nothing gives back the same profile.</summary>
    public void Fold(SubjectId id, Func<TProfile, TProfile> fold)
    {
        var before = _profiles[id];
        var after = fold(before);
        if (!ReferenceEquals(before, after))
        {
            _profiles[id] = after;
            _changed.Add(id);
        }
    }

    public Dictionary<SubjectId, TProfile> Changed() => _changed.ToDictionary(id => id, id => _profiles[id]);
}
