using Microsoft.Extensions.Time.Testing;

namespace EcmrGateway.Simulation;

/// <summary>A clock on which waiting takes a turn: when it comes, the time that was waited for has passed.</summary>
internal sealed class SimulatedClock(DateTimeOffset start, Turns turns) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            _ = FireAsync(callback, state, dueTime);
        }

        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private async Task FireAsync(TimerCallback callback, object? state, TimeSpan dueTime)
    {
        await turns.TurnAsync();
        Advance(dueTime);
        callback(state);
    }
}
