using EcmrGateway.HotStore;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Profiles of one round: loaded once, folded, and saved over the versions that were loaded.</summary>
internal sealed class WorkingSet
{
    public ProfileSet<CarrierProfile> Carriers { get; } = new();

    public ProfileSet<HotConsignor> Consignors { get; } = new();

    public ProfileSet<VehicleProfile> Vehicles { get; } = new();

    /// <summary>What the rankings hold of the vehicles that were in the hot store.</summary>
    public Dictionary<SubjectId, IReadOnlyList<RankedPassage>> Ranked { get; } = [];

    public CarrierProfile? Carrier(SubjectId id) => Carriers.Find(id);

    public ConsignorProfile? Consignor(SubjectId id) => Consignors.Find(id)?.Profile;
}

/// <summary>Profiles of one kind.</summary>
internal sealed class ProfileSet<TProfile>
    where TProfile : class
{
    private readonly Dictionary<SubjectId, Entry> _entries = [];

    /// <summary>Those that the hot store had not, and that came from the facts.</summary>
    public HashSet<SubjectId> Missed { get; } = [];

    /// <exception cref="KeyNotFoundException">It was not loaded.</exception>
    public TProfile this[SubjectId id] => _entries[id].Profile;

    public TProfile? Find(SubjectId id) => _entries.TryGetValue(id, out var entry) ? entry.Profile : null;

    /// <summary>Version that a save must find.</summary>
    public HotVersion VersionOf(SubjectId id) => _entries[id].Version;

    /// <summary>Those that are not loaded yet.</summary>
    public List<SubjectId> Absent(IEnumerable<SubjectId> ids) =>
        [.. ids.Where(id => !_entries.ContainsKey(id)).Distinct()];

    public void AddHot(SubjectId id, TProfile profile, HotVersion version) =>
        _entries.Add(id, new(profile, version, IsChanged: false));

    /// <summary>Adds one that was made from the facts; it is saved even when nothing is folded into it.</summary>
    public void AddMissed(SubjectId id, TProfile profile, HotVersion version)
    {
        _entries.Add(id, new(profile, version, IsChanged: true));
        Missed.Add(id);
    }

    /// <summary>A fold that changes nothing gives back the same profile.</summary>
    public void Fold(SubjectId id, Func<TProfile, TProfile> fold)
    {
        var before = _entries[id];
        var after = fold(before.Profile);
        if (!ReferenceEquals(before.Profile, after))
        {
            _entries[id] = new(after, before.Version, IsChanged: true);
        }
    }

    /// <summary>Those to save, each with a version of its own from now on.</summary>
    public Dictionary<SubjectId, Changed<TProfile>> TakeChanged(HotVersions versions)
    {
        var changed = new Dictionary<SubjectId, Changed<TProfile>>();
        foreach (var (id, entry) in _entries.Where(pair => pair.Value.IsChanged).ToList())
        {
            changed[id] = new(entry.Profile, entry.Version, versions.Next());
            _entries[id] = new(entry.Profile, changed[id].Next, IsChanged: false);
        }

        return changed;
    }

    private readonly record struct Entry(TProfile Profile, HotVersion Version, bool IsChanged);
}
