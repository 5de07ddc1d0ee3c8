using Confluent.Kafka;
using EcmrGateway.DeadLetters;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Hands over the records of one parked key, in their order, up to the last one.</summary>
/// <remarks>
/// Meanwhile what follows of the key is parked behind, by the same thread. When nothing is left, the key is free for
/// whatever that thread reads next, which comes behind these records in the same batches.
/// </remarks>
internal sealed class KeyReplay : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Records in one step, of this key and others: the member has facts to read too.</summary>
    private const int StepMax = 500;

    private readonly ParkedKey _key;
    private readonly long _epoch;
    private readonly FactJudge _judge;
    private readonly IConsumer<byte[]?, byte[]?>? _consumer;

    /// <summary>Indices by shard up to which facts were handed over: a relay may have written one twice.</summary>
    private readonly Dictionary<int, long> _indices = [];

    /// <summary>Offset of the last record, on the facts' topic.</summary>
    private long _last;

    private long _through = -1;

    public KeyReplay(
        StreamOptions options, int partition, long epoch, ParkedKey key, FactJudge judge, ILogger logger)
    {
        Partition = partition;
        _epoch = epoch;
        _key = key;
        _judge = judge;
        key.IsWorkedOn = true;
        if (key.Held.Count == 0)
        {
            _last = key.LastOffset;
            return;
        }

        var first = key.Held.First();
        _last = first.Offset - 1;
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(KafkaSettings.PartitionReader(options.Kafka))
            .SetLogHandler((_, message) => KafkaLog.Write(logger, message))
            .SetErrorHandler((client, error) => ClientErrors.Told(client, error, options.Kafka, logger))
            .Build();
        _consumer.Assign(new TopicPartitionOffset(options.Kafka.DeadLetterTopic, partition, first.At));
    }

    public int Partition { get; }

    /// <summary>Goes on, as far as the batch has place.</summary>
    /// <returns>What is to be said of the key after the batch; null: it is not at the end.</returns>
    public Settlement? Step(MemberBatch filling, int lengthMax, CancellationToken cancellation)
    {
        for (var read = 0; _last < _key.LastOffset; read++)
        {
            if (read == StepMax || filling.Length >= lengthMax || Next() is not { } record)
            {
                return null;
            }

            if (record.IsPartitionEOF)
            {
                // An end that was seen before the key's last record was written says nothing: that one is to come.
                if (_key.IsFollowed && _key.LastAt < record.Offset.Value)
                {
                    // Records that somebody deleted from the topic do not come any more.
                    _through = record.Offset.Value - 1;
                    break;
                }

                continue;
            }

            if (DeadLetterRecord.Read(record) is not ParkedRecord letter || letter.Key != _key.Key
                || letter.Offset <= _last)
            {
                continue;
            }

            var judged = _judge.Read(Partition, record.Message, cancellation);
            if (!judged.IsUsable)
            {
                return new(Partition, _epoch, _key, ControlKind.Kept, _through, judged.Fault);
            }

            Add(filling, judged.Fact!);
            (_last, _through) = (letter.Offset, letter.At);
        }

        _key.IsReleasing = true;
        return new(Partition, _epoch, _key, ControlKind.Released, _through, "");
    }

    public void Dispose() => _consumer?.Dispose();

    /// <summary>It is left to another try.</summary>
    public void GiveUp() => _key.IsWorkedOn = false;

    private void Add(MemberBatch filling, StreamedFact fact)
    {
        var (shard, index) = (FactPosition.ShardOf(fact.Position), FactPosition.IndexOf(fact.Position));
        if (!_indices.TryGetValue(shard, out var last) || last < index)
        {
            _indices[shard] = index;
            filling.Facts.Add(new(fact with { IsLate = true }, Partition));
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Next()
    {
        try
        {
            return _consumer!.Consume(Poll);
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            // The client goes on by itself; what it had to say is in the log.
            return null;
        }
    }
}
