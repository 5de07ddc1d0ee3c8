using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Simulation;

/// <summary>One process's view of the store; each call takes a turn, and may be the last, done or not.</summary>
internal sealed class SimulatedStore(World world) : IHotStore
{
    private const int CrashOf = 60;

    public Task<string?> GenerationAsync(CancellationToken cancellation) =>
        TakeAsync("generation", () => world.Memory.GenerationAsync(cancellation));

    public Task<HotVehicles> LoadVehiclesAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) =>
        TakeAsync("load vehicles", () => world.Memory.LoadVehiclesAsync(vehicles, cancellation));

    public Task<HotSubjects> LoadSubjectsAsync(
        IReadOnlyCollection<OnRoad> onRoad, IReadOnlyCollection<SubjectId> carriers,
        IReadOnlyCollection<SubjectId> consignors, CancellationToken cancellation) => TakeAsync(
        "load subjects", () => world.Memory.LoadSubjectsAsync(onRoad, carriers, consignors, cancellation));

    public Task<IReadOnlySet<SubjectId>> OnRoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        CancellationToken cancellation) =>
        TakeAsync("on road", () => world.Memory.OnRoadAsync(carriers, consignors, cancellation));

    public Task<SaveResult> SaveAsync(string generation, HotChanges changes, CancellationToken cancellation) =>
        TakeAsync("save", () => world.Memory.SaveAsync(generation, changes, cancellation));

    public Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation) =>
        world.Memory.TopAsync(area, firstHour, lastHour, limit, cancellation);

    public Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) =>
        world.Memory.AssessmentsAsync(vehicles, cancellation);

    public Task ResetAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> begun, CancellationToken cancellation) => TakeAsync(
        "reset",
        async () =>
        {
            world.Disturb();
            await world.Memory.ResetAsync(generation, begun, cancellation);
            return true;
        });

    public Task<IReadOnlyDictionary<int, ShardProgress>?> TakeProgressAsync(
        bool afresh, CancellationToken cancellation) =>
        TakeAsync("take progress", () => world.Memory.TakeProgressAsync(afresh, cancellation));

    public Task<bool> SetProgressAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation) =>
        TakeAsync("set progress", () => world.Memory.SetProgressAsync(generation, shards, cancellation));

    public Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation) =>
        TakeAsync("progress", () => world.Memory.ProgressAsync(cancellation));

    private async Task<T> TakeAsync<T>(string what, Func<Task<T>> call)
    {
        await world.StepAsync(what, CrashOf);
        var result = await call();
        world.MayCrash(CrashOf);
        return result;
    }
}
