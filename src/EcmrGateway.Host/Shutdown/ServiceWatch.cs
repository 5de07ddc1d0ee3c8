namespace EcmrGateway.Host.Shutdown;

/// <summary>Ends the process when one of its services has ended by itself, and says which one and why.</summary>
/// <remarks>
/// The host would stop for a service that throws, with exit code 0, as if it had been asked to; and it would go on
/// without one that merely returns or believes to be cancelled. A process without its relay or its scoring looks well
/// and does nothing, so that a supervisor must hear of it: see <see cref="GatewayProgram.Failed"/>.
/// </remarks>
internal sealed partial class ServiceWatch(
    IServiceProvider services, IHostApplicationLifetime application, ILogger<ServiceWatch> logger)
    : IHostedLifecycleService
{
    private int _hasFailed;

    /// <summary>Whether a service ended though nobody had asked the process to stop.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed) != 0;

    /// <remarks>The services are asked for now only: this is one of them.</remarks>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            _ = WatchAsync(service.GetType().Name, service.ExecuteTask ?? Task.CompletedTask);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WatchAsync(string name, Task service)
    {
        await service.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (application.ApplicationStopping.IsCancellationRequested)
        {
            return;
        }

        Volatile.Write(ref _hasFailed, 1);
        LogEnded(name, CauseOf(service));
        application.StopApplication();
    }

    /// <summary>One line; the host logs the trace of what was thrown.</summary>
    private static string CauseOf(Task service) => service.Exception?.InnerException is { } failure
        ? $"{failure.GetType().Name}, {failure.Message.ReplaceLineEndings("\n").Split('\n')[0]}"
        : service.IsCanceled ? "it was cancelled" : "it returned";

    [LoggerMessage(
        5011, LogLevel.Critical,
        "{Service} ended by itself: {Cause}. The process cannot do without it and ends with exit code 1.")]
    private partial void LogEnded(string service, string cause);
}
