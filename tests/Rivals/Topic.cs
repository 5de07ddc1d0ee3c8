using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EcmrGateway.Rivals;

/// <summary>A topic of one run, and how many records it has.</summary>
internal sealed class Topic : IDisposable
{
    public const int Partitions = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly IAdminClient _admin;
    private readonly string _brokers;

    private Topic(string brokers, string name)
    {
        (_brokers, Name) = (brokers, name);
        _admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = brokers }).Build();
    }

    public string Name { get; }

    public static async Task<Topic> CreateAsync(string brokers, string name)
    {
        var topic = new Topic(brokers, name);
        await topic._admin.CreateTopicsAsync(
            [new() { Name = name, NumPartitions = Partitions, ReplicationFactor = 1 }]);
        return topic;
    }

    /// <summary>A topic that is there.</summary>
    public static Topic Of(string brokers, string name) => new(brokers, name);

    /// <summary>Records of all partitions.</summary>
    public async Task<long> CountAsync()
    {
        var latest = Enumerable.Range(0, Partitions).Select(partition => new TopicPartitionOffsetSpec
        {
            TopicPartition = new(Name, partition),
            OffsetSpec = OffsetSpec.Latest(),
        });
        var listed = await _admin.ListOffsetsAsync(latest, new() { RequestTimeout = TimeSpan.FromSeconds(10) });
        return listed.ResultInfos.Sum(info => info.TopicPartitionOffsetError.Offset.Value);
    }

    /// <summary>Completes when the topic has so many records.</summary>
    /// <exception cref="TimeoutException">They do not come.</exception>
    public async Task WaitAsync(long count)
    {
        var started = Stopwatch.GetTimestamp();
        for (var there = await CountAsync(); there < count; there = await CountAsync())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException(
                    $"{Name} has {there} of {count} records after {Limit.TotalMinutes} minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>Different messages on the topic, told apart by a header.</summary>
    public async Task<int> DistinctAsync(string header)
    {
        var count = await CountAsync();
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig
        {
            BootstrapServers = _brokers,
            GroupId = "not-joined",
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions)
            .Select(partition => new TopicPartitionOffset(Name, partition, Offset.Beginning)));
        HashSet<string> ids = [];
        for (var read = 0L; read < count;)
        {
            if (consumer.Consume(TimeSpan.FromSeconds(10)) is not { } record)
            {
                throw new TimeoutException($"{Name} gave {read} of {count} records.");
            }

            ids.Add(Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes(header)));
            read++;
        }

        return ids.Count;
    }

    public void Dispose() => _admin.Dispose();
}
