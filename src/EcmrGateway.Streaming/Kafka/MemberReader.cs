using Confluent.Kafka;
using EcmrGateway.DeadLetters;
using EcmrGateway.Ledger;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Reads records into the batch that fills. Used by the member's thread only.</summary>
internal sealed partial class MemberReader : IDisposable
{
    private readonly MemberContext _context;
    private readonly Dictionary<int, long> _after;
    private readonly Dictionary<int, long> _known = [];
    private readonly Dictionary<int, long> _read = [];
    private readonly FactJudge _judge;
    private readonly DeadLetters _deadLetters;
    private readonly DeadLetterFollower _follower;
    private KeyReplay? _replay;

    public MemberReader(MemberContext context)
    {
        _context = context;
        _after = new(context.After);
        _judge = new(
            context.Ledger, context.Check, context.Assignment, context.Options.Kafka.RequestTimeout, context.Time);
        _deadLetters = new(context.Options, context.Time, context.Logger);
        _follower = new(context.Options, context.Time, context.Logger);
    }

    public MemberBatch Filling { get; private set; } = new();

    public bool IsFull => Filling.Length >= _context.Options.BatchLengthMax;

    public MemberBatch TakeFilled()
    {
        var filled = Filling;
        Filling = new();
        return filled;
    }

    /// <summary>
    /// A shard's facts begin anew with each assignment; the first time after what the consumer knows.
    /// </summary>
    public void Begin(int partition)
    {
        foreach (var shard in _context.Assignment.ShardsOf(partition))
        {
            _read[shard] = -1;
            _known[shard] = _after.Remove(shard, out var known) ? known : -1;
        }

        _follower.Begin(partition);
    }

    public void End(int partition)
    {
        Filling.Drop(partition);
        _follower.End(partition);
        if (_replay?.Partition == partition)
        {
            EndReplay();
        }
    }

    /// <summary>After a failure of a client: nothing of before counts.</summary>
    public void Forget()
    {
        TakeFilled();
        EndReplay();
        _follower.Clear();
        _deadLetters.GiveUp();
    }

    /// <summary>Hears what is new of parked keys, and hands over the records of one that is to be released.</summary>
    /// <exception cref="KafkaException">The dead letters cannot be read.</exception>
    public void Follow(CancellationToken cancellation)
    {
        if (_follower.Follow(cancellation))
        {
            _context.Telemetry.Parked(this, _follower.Keys, _follower.Records);
        }

        if (_replay is null && _follower.Keys > 0 && _follower.Asked() is { } asked
            && _context.Assignment.EpochOf(asked.Partition) is { } epoch)
        {
            _replay = new(_context.Options, asked.Partition, epoch, asked.Key, _judge, _context.Logger);
        }

        if (_replay is { } replay && Step(replay, cancellation) is { } settlement)
        {
            EndReplay();
            Filling.Settlements.Add(settlement);
        }
    }

    /// <summary>Says of keys what is so now that their records have had their effect.</summary>
    /// <exception cref="KafkaException">It may not have been said.</exception>
    public void Settle(Settlement settlement)
    {
        _deadLetters.Tell(settlement);
        LogSettled(_context.Logger, settlement.Partition, settlement.Kind, settlement.Reason);
    }

    /// <returns>Empty: it was read. Otherwise why it cannot be now; the partition has to stand still.</returns>
    /// <exception cref="KafkaException">The record could not be parked.</exception>
    public string Read(ConsumeResult<byte[]?, byte[]?> record, CancellationToken cancellation)
    {
        var partition = record.Partition.Value;
        if (_context.Assignment.EpochOf(partition) is not { } epoch)
        {
            // Its partition went while it was on its way.
            return "";
        }

        if (_follower.HasNew)
        {
            // A partition may come and bring its first record in one poll.
            Follow(cancellation);
        }

        ReadRecord read;
        try
        {
            read = _judge.Read(partition, record.Message, cancellation);
        }
        catch (LedgerUnavailableException)
        {
            return "the ledger, which alone has the fact, is away";
        }

        if (read.Fact is not { } fact || IsNew(fact))
        {
            var keys = _follower.Of(partition);
            var key = KeyText.Of(record.Message.Key, partition, record.Offset.Value);
            var parked = keys.Count == 0 ? null : keys.Find(KeyText.Of(key));
            if (read.IsUsable && parked is null or { IsReleasing: true })
            {
                Add(read.Fact!, partition);
            }
            else if (parked is not { } known || known.LastOffset < record.Offset.Value)
            {
                if (IsAtLimit(keys, parked))
                {
                    Unread(read.Fact);
                    return "too much of it is parked";
                }

                Park(record, keys, key, read.IsUsable ? FactRecord.Behind : read.Fault, cancellation);
            }
        }

        Filling.Read(record.TopicPartitionOffset, epoch);
        return "";
    }

    public void Dispose()
    {
        EndReplay();
        _follower.Dispose();
        _deadLetters.Dispose();
        _context.Telemetry.Parked(this, 0, 0);
    }

    /// <summary>What the consumer knows is spared, but not before it is clear that it is not to be parked.</summary>
    private void Add(StreamedFact fact, int partition)
    {
        if (FactPosition.IndexOf(fact.Position) > _known.GetValueOrDefault(FactPosition.ShardOf(fact.Position), -1))
        {
            Filling.Facts.Add(new(fact, partition));
        }
    }

    private void Park(
        ConsumeResult<byte[]?, byte[]?> record, ParkedKeys keys, byte[] key, string code,
        CancellationToken cancellation)
    {
        if (code != FactRecord.Behind)
        {
            LogParked(_context.Logger, record.Partition.Value, record.Offset.Value, code);
        }

        Filling.Park(_deadLetters.Park(record, code, cancellation), _context.Time);
        keys.Put(key, record.Offset.Value, _context.Time.GetUtcNow());
        _context.Telemetry.SetAside(code);
    }

    private bool IsAtLimit(ParkedKeys keys, ParkedKey? parked) =>
        keys.Records + Filling.Parked >= _context.Options.Kafka.ParkedRecordsMax
        || (parked is null && keys.Count >= _context.Options.Kafka.ParkedKeysMax);

    private Settlement? Step(KeyReplay replay, CancellationToken cancellation)
    {
        try
        {
            return replay.Step(Filling, _context.Options.BatchLengthMax, cancellation);
        }
        catch (LedgerUnavailableException)
        {
            // From the start, at the next step.
            replay.GiveUp();
            EndReplay();
            return null;
        }
    }

    private void EndReplay()
    {
        _replay?.Dispose();
        _replay = null;
    }

    /// <summary>
    /// A relay that begins anew writes facts twice, and none before those that precede it: what is not beyond the last
    /// one was read already.
    /// </summary>
    private bool IsNew(StreamedFact fact)
    {
        var shard = FactPosition.ShardOf(fact.Position);
        var index = FactPosition.IndexOf(fact.Position);
        if (_read.TryGetValue(shard, out var last) && index <= last)
        {
            return false;
        }

        _read[shard] = index;
        return true;
    }

    /// <summary>The record comes again, and is new then.</summary>
    private void Unread(StreamedFact? fact)
    {
        if (fact is not null)
        {
            _read[FactPosition.ShardOf(fact.Position)] = FactPosition.IndexOf(fact.Position) - 1;
        }
    }

    [LoggerMessage(
        7031, LogLevel.Error,
        "The record at {Partition}:{Offset} cannot be used ({Fault}); it is parked, and all that follows of its key.")]
    private static partial void LogParked(ILogger logger, int partition, long offset, string fault);

    [LoggerMessage(7035, LogLevel.Information, "A parked key of partition {Partition} was settled: {Kind} {Reason}")]
    private static partial void LogSettled(ILogger logger, int partition, ControlKind kind, string reason);
}
