using System.Collections.Concurrent;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Relay;

/// <summary>Leases shards and relays each, for as long as this process has it.</summary>
/// <remarks>
/// The time that a lease has left is counted from before it was asked for, by the monotonic clock, so that this
/// process never believes to have it longer than the ledger does.
/// </remarks>
internal sealed partial class FactRelay : BackgroundService
{
    /// <summary>Longest look at how old what waits is: the next sign of life matters more.</summary>
    private static readonly TimeSpan AgeLimit = TimeSpan.FromSeconds(2);

    private readonly string _owner = $"relay-{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<int, ShardRelay> _shards = new();
    private readonly RelayContext _context;
    private readonly RelayOptions _options;
    private readonly TopicCheck _topic;
    private readonly ILogger<FactRelay> _logger;

    /// <summary>When the oldest fact that waits was received, in ticks; 0: none waits.</summary>
    private long _oldest;

    public FactRelay(
        IOptions<StreamOptions> options, INoteLedger ledger, IRelayLeases leases, RelayProducer producer,
        TopicCheck topic, StreamTelemetry telemetry, TimeProvider time, ILogger<FactRelay> logger)
    {
        _context = new(options.Value, ledger, leases, producer, telemetry, time, logger);
        _options = options.Value.Relay;
        _topic = topic;
        _logger = logger;
        telemetry.ObserveRelay(Lag, Age);
    }

    /// <summary>Shards that this relay has now.</summary>
    public IReadOnlyCollection<int> Shards => [.. _shards.Keys];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _topic.WaitOrStopAsync(stoppingToken);
        await RelayAsync(stoppingToken);
    }

    /// <summary>Relays until it is told to stop. The topic is as it should be.</summary>
    internal async Task RelayAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await RenewAsync(stopping);
                await LookAtAgeAsync(stopping);
                await Task.Delay(_options.RenewPeriod, _context.Time, stopping);
            }
        }
        finally
        {
            await StopShardsAsync([.. _shards.Values]);
            await ReleaseAsync();
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        // From before the call: the ledger counts from a later moment.
        var sendUntil = _context.Time.GetTimestamp() + TimestampsOf(_options.LeaseDuration - _options.DeliveryTimeout);
        IReadOnlyList<RelayLease> leases;
        try
        {
            using var limit = new CancellationTokenSource(_options.LeaseDuration, _context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            leases = await _context.Leases.HoldAsync(_owner, _options.LeaseDuration, either.Token);
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Each engine has errors of its own. Shards stop by themselves when their time is over; asking goes on,
            // or ends at the next wait where the process stops.
            LogNoLeases(failure);
            return;
        }

        // First those that go on: to stop one may take as long as the broker needs to answer.
        foreach (var lease in leases)
        {
            if (_shards.TryGetValue(lease.Shard, out var relay) && relay.Term == lease.Term)
            {
                relay.Extend(sendUntil);
            }
        }

        var terms = leases.ToDictionary(lease => lease.Shard, lease => lease.Term);
        await StopShardsAsync(
            [
                .. _shards.Values.Where(relay => relay.Completion.IsCompleted
                    || !terms.TryGetValue(relay.Shard, out var term) || term != relay.Term),
            ]);
        foreach (var lease in leases)
        {
            if (!_shards.ContainsKey(lease.Shard))
            {
                _shards[lease.Shard] = ShardRelay.Start(_context, lease, sendUntil, cancellation);
                LogTaken(lease.Shard, lease.Relayed);
            }
        }
    }

    private async Task StopShardsAsync(IReadOnlyList<ShardRelay> relays)
    {
        await Task.WhenAll(relays.Select(relay => relay.StopAsync()));
        foreach (var relay in relays)
        {
            _shards.TryRemove(relay.Shard, out _);
            LogGivenUp(relay.Shard, relay.Acknowledged);
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(_context.Options.Kafka.RequestTimeout, _context.Time);
            await _context.Leases.ReleaseAsync(_owner, limit.Token);
        }
        catch (Exception failure)
        {
            // The leases end by themselves; the process that is stopping must not be kept.
            LogNoLeases(failure);
        }
    }

    private long Lag() => _shards.Values.Sum(
        relay => Math.Max(0, _context.Ledger.FactHead[relay.Shard] - relay.Acknowledged));

    private double Age() => Volatile.Read(ref _oldest) is > 0 and var oldest
        ? Math.Max(0, (_context.Time.GetUtcNow() - new DateTimeOffset(oldest, TimeSpan.Zero)).TotalSeconds)
        : 0;

    private async Task LookAtAgeAsync(CancellationToken cancellation)
    {
        try
        {
            using var limit = new CancellationTokenSource(AgeLimit, _context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            var oldest = await FactAge.OldestAsync(
                _context.Ledger, _shards.ToDictionary(shard => shard.Key, shard => shard.Value.Acknowledged),
                either.Token);
            Volatile.Write(ref _oldest, oldest?.UtcTicks ?? 0);
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Each engine has errors of its own, and one that comes with a stop must not make it a failure. What waited
            // goes on waiting, and its age grows.
        }
    }

    private long TimestampsOf(TimeSpan duration) =>
        (long)(duration.TotalSeconds * _context.Time.TimestampFrequency);

    [LoggerMessage(7024, LogLevel.Information, "Relays shard {Shard} from after {Relayed}.")]
    private partial void LogTaken(int shard, long relayed);

    [LoggerMessage(7025, LogLevel.Information, "Relays shard {Shard} no more; acknowledged up to {Acknowledged}.")]
    private partial void LogGivenUp(int shard, long acknowledged);

    [LoggerMessage(7026, LogLevel.Warning, "The leases of the relay cannot be kept in the ledger now.")]
    private partial void LogNoLeases(Exception failure);
}
