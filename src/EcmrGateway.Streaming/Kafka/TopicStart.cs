using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Checks the topics before anything is served: one that promises too little stops the start.</summary>
/// <remarks>
/// Brokers that are away do not: notes are taken in without them. The relay and the consumers look again.
/// </remarks>
internal sealed class TopicStart(TopicCheck topic, IOptions<StreamOptions> options, TimeProvider time)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Kafka.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await topic.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The check has logged it.
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
