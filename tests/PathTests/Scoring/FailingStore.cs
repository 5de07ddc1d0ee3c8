using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>The end of a process, at a call to the store.</summary>
internal sealed class CrashException : Exception;

/// <summary>A store in memory that ends the process, or is wiped, before a call or in the midst of a save.</summary>
internal sealed class FailingStore(InMemoryStore store) : IHotStore
{
    private int _calls;

    /// <summary>Calls left until it happens; negative: never.</summary>
    public int CallsUntilFault { get; set; } = -1;

    /// <summary>A wipe, otherwise the end of the process.</summary>
    public bool Wipes { get; set; }

    /// <summary>Changes of a save that are done before.</summary>
    public int ChangesDone { get; set; }

    public async Task<string?> GenerationAsync(CancellationToken cancellation)
    {
        await FaultAsync();
        return await store.GenerationAsync(cancellation);
    }

    public async Task<HotVehicles> LoadVehiclesAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation)
    {
        await FaultAsync();
        return await store.LoadVehiclesAsync(vehicles, cancellation);
    }

    public async Task<HotSubjects> LoadSubjectsAsync(
        IReadOnlyCollection<OnRoad> onRoad, IReadOnlyCollection<SubjectId> carriers,
        IReadOnlyCollection<SubjectId> consignors, CancellationToken cancellation)
    {
        await FaultAsync();
        return await store.LoadSubjectsAsync(onRoad, carriers, consignors, cancellation);
    }

    public async Task<IReadOnlySet<SubjectId>> OnRoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        CancellationToken cancellation)
    {
        await FaultAsync();
        return await store.OnRoadAsync(carriers, consignors, cancellation);
    }

    public async Task<SaveResult> SaveAsync(string generation, HotChanges changes, CancellationToken cancellation)
    {
        if (!IsDue())
        {
            return await store.SaveAsync(generation, changes, cancellation);
        }

        store.Save(generation, changes, ChangesDone);
        await FailAsync();
        return SaveResult.Lost;
    }

    public async Task ResetAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> begun, CancellationToken cancellation)
    {
        await FaultAsync();
        await store.ResetAsync(generation, begun, cancellation);
    }

    public async Task<IReadOnlyDictionary<int, ShardProgress>?> TakeProgressAsync(
        bool afresh, CancellationToken cancellation)
    {
        await FaultAsync();
        return await store.TakeProgressAsync(afresh, cancellation);
    }

    public async Task<bool> SetProgressAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation)
    {
        await FaultAsync();
        return await store.SetProgressAsync(generation, shards, cancellation);
    }

    public async Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation)
    {
        await FaultAsync();
        return await store.ProgressAsync(cancellation);
    }

    public Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation) =>
        store.TopAsync(area, firstHour, lastHour, limit, cancellation);

    public Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) =>
        store.AssessmentsAsync(vehicles, cancellation);

    private Task FaultAsync() => IsDue() ? FailAsync() : Task.CompletedTask;

    private bool IsDue()
    {
        if (CallsUntilFault < 0 || ++_calls <= CallsUntilFault)
        {
            return false;
        }

        (_calls, CallsUntilFault) = (0, -1);
        return true;
    }

    private Task FailAsync() => Wipes ? store.WipeAsync() : throw new CrashException();
}
