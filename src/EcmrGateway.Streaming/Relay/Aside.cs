namespace EcmrGateway.Streaming.Relay;

/// <summary>Starts work beside its caller: on the pool, or on the scheduler that the caller runs on.</summary>
/// <remarks>
/// Task.Run and CancellationTokenSource.CancelAsync know the pool only, where no simulation can decide on the order.
/// Cancel in place would run what waits for the token on the caller's stack. Unlike after CancelAsync the source itself
/// is cancelled only when the work is run; sources linked to it learn of it no earlier either way.
/// </remarks>
internal static class Aside
{
    /// <summary>
    /// For a task source whose completion must not run what waits for it on its own stack. A scheduler other than the
    /// pool's takes that to itself; asked for by the option, it would go to the pool.
    /// </summary>
    public static TaskCreationOptions Continuations => TaskScheduler.Current == TaskScheduler.Default
        ? TaskCreationOptions.RunContinuationsAsynchronously
        : TaskCreationOptions.None;

    public static Task RunAsync(Func<Task> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();

    public static Task RunAsync(Action work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
}
