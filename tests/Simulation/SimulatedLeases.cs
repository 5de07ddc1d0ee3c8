using EcmrGateway.Ledger;

namespace EcmrGateway.Simulation;

/// <summary>One relay's way to the leases: slow, at times closed, and at times without an answer.</summary>
internal sealed class SimulatedLeases(World world, RelayProcess process, TimeProvider time) : IRelayLeases
{
    public async ValueTask<IReadOnlyList<RelayLease>> HoldAsync(
        string owner, TimeSpan duration, CancellationToken cancellation)
    {
        await world.PassAsync(time, cancellation);
        var leases = await world.Leases.HoldAsync(owner, duration, cancellation);
        process.Leased(leases, world.RelayTicks + duration.Ticks);
        await world.PassAsync(time, cancellation);
        return world.Broken == Broken.CursorForgotten ? [.. leases.Select(one => one with { Relayed = -1 })] : leases;
    }

    public async ValueTask<bool> AdvanceAsync(RelayLease lease, long relayed, CancellationToken cancellation)
    {
        await world.PassAsync(time, cancellation);
        if (relayed > world.Acked[lease.Shard] || !world.HasUpTo(lease.Shard, relayed))
        {
            world.Fault ??= $"the cursor {lease.Shard}:{relayed} is ahead of the topic";
        }

        var kept = await world.Leases.AdvanceAsync(lease, relayed, cancellation);
        world.Note($"cursor {lease.Shard}:{relayed} {kept}");
        await world.PassAsync(time, cancellation);
        return kept;
    }

    public ValueTask ReleaseAsync(string owner, CancellationToken cancellation) =>
        world.Leases.ReleaseAsync(owner, cancellation);
}
