using System.Runtime.InteropServices;
using EcmrGateway.Host.Health;
using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Host.Shutdown;

/// <summary>Ends the process in order when it is asked to.</summary>
/// <remarks>
/// <para>1. SIGTERM: health says NOT_SERVING, everything is served as before, for the drain delay.</para>
/// <para>
/// 2. Stop: streams end with UNAVAILABLE and what a client needs to go on elsewhere, see <see cref="StreamsFirst"/>.
/// </para>
/// <para>
/// 3. Unary calls are answered and connections closed; the consumer leaves its group and the relay gives back its
/// leases at the same time. All within the timeout.
/// </para>
/// <para>
/// Ctrl-C, and a second signal of any kind, skip the first step: who sits at a terminal is no balancer.
/// </para>
/// </remarks>
internal sealed partial class DrainingLifetime(
    Drain drain, IOptions<ShutdownOptions> options, IOptions<GrpcHealthChecksOptions> health,
    IHostApplicationLifetime application, TimeProvider time, ILogger<DrainingLifetime> logger) : IHostLifetime,
    IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, Asked));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Asked(PosixSignalContext context)
    {
        context.Cancel = true;
        var first = drain.Begin(
            health.Value.Services.Select(service => service.Name).Where(name => name != GatewayHealth.Live));
        if (first && context.Signal == PosixSignal.SIGTERM && options.Value.DrainDelay > TimeSpan.Zero)
        {
            LogDraining(options.Value.DrainDelay);
            _ = StopLaterAsync();
        }
        else
        {
            application.StopApplication();
        }
    }

    private async Task StopLaterAsync()
    {
        // A second signal may stop it sooner.
        await Task.Delay(options.Value.DrainDelay, time, application.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        application.StopApplication();
    }

    [LoggerMessage(5010, LogLevel.Information, "Asked to stop: NOT_SERVING, and the stop in {Delay}.")]
    private partial void LogDraining(TimeSpan delay);
}
