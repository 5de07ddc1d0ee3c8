using Microsoft.Extensions.Hosting;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Checks the topics while the host starts: one that promises too little ends the start.</summary>
/// <remarks>
/// Brokers that are away do not, and nothing waits for them: notes are taken in without them. The relay and the
/// consumers look again until they answer.
/// </remarks>
internal sealed class TopicStart(TopicCheck topic, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    /// <summary>Brokers that are there answer within it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _limit = new(Timeout.InfiniteTimeSpan, time);
    private Task _check = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _limit.CancelAfter(Patience);
        _check = Task.Run(() => topic.WaitAsync(_limit.Token), cancellationToken);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <remarks>After the other services have started, which takes about as long.</remarks>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _check.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (_limit.IsCancellationRequested)
        {
            // The relay and the consumers go on asking.
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();
}
