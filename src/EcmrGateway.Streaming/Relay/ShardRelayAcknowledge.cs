using System.Threading.Channels;
using Confluent.Kafka;

namespace EcmrGateway.Streaming.Relay;

/// <summary>Loops 2 and 3: what the broker answered, and the note of it in the ledger.</summary>
internal sealed partial class ShardRelay
{
    private async Task AcknowledgeAsync(
        RelaySession session, ChannelReader<SentFact> sent, ChannelWriter<long> places, CancellationToken cancellation)
    {
        try
        {
            // As ReadAllAsync does, which would go on on the pool: see Aside. What has arrived counts after a stop too.
            while (await sent.WaitToReadAsync(cancellation))
            {
                while (sent.TryRead(out var next))
                {
                    if ((!next.IsAnswered && !await AnsweredAsync(session, next, cancellation))
                        || !IsPersisted(session, next))
                    {
                        return;
                    }

                    session.Acknowledged();
                    Volatile.Write(ref _acknowledged, next.Fact.Position.Index);
                    places.TryWrite(next.Fact.Position.Index);
                    _context.Telemetry.Relayed(
                        next.Fact.ReceivedTime, next.Fact.TraceParent, _context.Time.GetElapsedTime(next.Timestamp),
                        _context.Time.GetUtcNow(), _partition.Topic);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The producer failed, or the moment after a stop is over.
        }
        finally
        {
            places.Complete();
        }
    }

    /// <returns>False: it was not in time, and the session has failed.</returns>
    private async Task<bool> AnsweredAsync(RelaySession session, SentFact fact, CancellationToken cancellation)
    {
        var left = _options.DeliveryTimeout - _context.Time.GetElapsedTime(fact.Timestamp);
        try
        {
            await fact.AnsweredAsync().WaitAsync(
                left > TimeSpan.Zero ? left : TimeSpan.Zero, _context.Time, cancellation);
            return true;
        }
        catch (OperationCanceledException) when (session.Failure is not null)
        {
            await HearAsync(fact);
            throw;
        }
        catch (TimeoutException)
        {
            NotRelayed(fact, "timeout");
            session.Fail($"no acknowledgement within {_options.DeliveryTimeout}");
            return false;
        }
    }

    /// <returns>False: it is not, and the session has failed.</returns>
    private bool IsPersisted(RelaySession session, SentFact fact)
    {
        if (fact.Error is { } error)
        {
            NotRelayed(fact, error.Code.ToString());
            Refused(fact, error.Code);
            session.Fail(error.Reason);
            return false;
        }

        if (fact.Status != PersistenceStatus.Persisted)
        {
            session.Fail($"a fact was answered as {fact.Status}");
            return false;
        }

        return true;
    }

    private void NotRelayed(SentFact fact, string error) => _context.Telemetry.NotRelayed(
        error, _context.Time.GetElapsedTime(fact.Timestamp), _partition.Topic);

    private async Task AdvanceAsync(ChannelReader<long> places, CancellationToken cancellation)
    {
        var backoff = new Backoff(_options.RetryWaitMax, _context.Time);
        try
        {
            while (await places.WaitToReadAsync(cancellation))
            {
                while (places.TryRead(out var place))
                {
                    if (!await AdvanceAsync(place, backoff, cancellation))
                    {
                        LogLost(_context.Logger, Shard);
                        await Aside.RunAsync(_stop.Cancel);
                        return;
                    }

                    if (!_stop.IsCancellationRequested)
                    {
                        await Task.Delay(_options.AdvancePeriod, _context.Time, _stop.Token).ConfigureAwait(Quietly);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The place that was noted before is behind by what was acknowledged since; that is sent twice.
        }
    }

    /// <returns>False: the shard is another's.</returns>
    private async Task<bool> AdvanceAsync(long place, Backoff backoff, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var kept = await _context.Leases.AdvanceAsync(_lease, place, cancellation);
                backoff.Reset();
                return kept;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // As for reading: each engine has errors of its own, and the place must not be forgotten.
                LogLedger(_context.Logger, Shard, failure);
                await backoff.WaitAsync(cancellation);
            }
        }
    }
}
