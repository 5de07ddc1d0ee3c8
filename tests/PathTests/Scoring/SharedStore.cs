using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>One process's view of a store that several share; each call waits for its turn.</summary>
internal sealed class SharedStore(InMemoryStore store, TurnTaking turns) : IHotStore
{
    /// <summary>Calls left until the process ends; negative: it does not.</summary>
    public int CallsLeft { get; set; } = -1;

    public Task<string?> GenerationAsync(CancellationToken cancellation) =>
        TakeAsync(() => store.GenerationAsync(cancellation));

    public Task<HotVehicles> LoadVehiclesAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) =>
        TakeAsync(() => store.LoadVehiclesAsync(vehicles, cancellation));

    public Task<HotSubjects> LoadSubjectsAsync(
        IReadOnlyCollection<OnRoad> onRoad, IReadOnlyCollection<SubjectId> carriers,
        IReadOnlyCollection<SubjectId> consignors, CancellationToken cancellation) =>
        TakeAsync(() => store.LoadSubjectsAsync(onRoad, carriers, consignors, cancellation));

    public Task<IReadOnlySet<SubjectId>> OnRoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        CancellationToken cancellation) =>
        TakeAsync(() => store.OnRoadAsync(carriers, consignors, cancellation));

    public Task<SaveResult> SaveAsync(string generation, HotChanges changes, CancellationToken cancellation) =>
        TakeAsync(() => store.SaveAsync(generation, changes, cancellation));

    public Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) => throw new NotSupportedException();

    public Task ResetAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> begun, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<int, ShardProgress>?> TakeProgressAsync(
        bool afresh, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> SetProgressAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation) =>
        throw new NotSupportedException();

    private async Task<T> TakeAsync<T>(Func<Task<T>> call)
    {
        await turns.TurnAsync();
        if (CallsLeft == 0)
        {
            throw new CrashException();
        }

        CallsLeft--;
        return await call();
    }
}
