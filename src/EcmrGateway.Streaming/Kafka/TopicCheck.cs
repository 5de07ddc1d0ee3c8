using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Makes the topics where they are not there, and refuses those that promise less than is set up.</summary>
public sealed partial class TopicCheck(
    IOptions<StreamOptions> options, TimeProvider time, ILogger<TopicCheck> logger,
    IHostApplicationLifetime? program = null) : IDisposable
{
    /// <summary>Least max.message.bytes: the client's own limit, and what the broker adds to a batch.</summary>
    private const int TopicBytesMin = 1_048_576;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Errors that another try does not cure.</summary>
    private static readonly ErrorCode[] Final =
    [
        ErrorCode.TopicAuthorizationFailed, ErrorCode.ClusterAuthorizationFailed, ErrorCode.InvalidReplicationFactor,
        ErrorCode.PolicyViolation, ErrorCode.InvalidConfig, ErrorCode.TopicException, ErrorCode.InvalidPartitions,
    ];

    private readonly KafkaOptions _kafka = options.Value.Kafka;

    /// <summary>The start, the relay and the consumer ask at the same time; one look serves them all.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private bool _passed;

    /// <summary>Why the topics were refused; null: they were not, so far.</summary>
    /// <remarks>Brokers that were away at the start may show only later what stops the program.</remarks>
    public TopicException? Refusal { get; private set; }

    /// <summary>Settings that a topic is made with.</summary>
    internal static Dictionary<string, string> ConfigOf(KafkaOptions kafka, string topic) => new()
    {
        ["cleanup.policy"] = "delete",
        ["retention.ms"] = topic == kafka.DeadLetterTopic
            ? "-1"
            : ((long)kafka.Retention.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
        ["min.insync.replicas"] = kafka.MinInSyncReplicas.ToString(CultureInfo.InvariantCulture),
        ["max.message.bytes"] = TopicBytesMin.ToString(CultureInfo.InvariantCulture),
        ["unclean.leader.election.enable"] = "false",
    };

    /// <summary>Completes when the topics are as they should be; waits for brokers that are away.</summary>
    /// <exception cref="TopicException">They are not.</exception>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        while (!await TryAsync(cancellation))
        {
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>
    /// As <see cref="WaitAsync"/>, for what works in the background: a refusal stops the program, which then tells it.
    /// </summary>
    /// <exception cref="TopicException">They are not, and there is no program to stop.</exception>
    public async Task WaitOrStopAsync(CancellationToken cancellation)
    {
        try
        {
            await WaitAsync(cancellation);
        }
        catch (TopicException) when (program is not null)
        {
            program.StopApplication();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }
    }

    /// <returns>False: the brokers do not answer, or a topic was made just now.</returns>
    /// <exception cref="TopicException">The topics are not as they should be.</exception>
    public async Task<bool> TryAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return _passed = _passed || await CheckAsync(cancellation);
        }
        catch (TopicException refusal)
        {
            Refusal = refusal;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            // A client without a broker writes of it every few seconds; what matters is logged below.
            using var admin = new AdminClientBuilder(KafkaSettings.Admin(_kafka))
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, _) => { })
                .Build();
            return await CheckAsync(admin, _kafka.Topic, cancellation)
                && await CheckAsync(admin, _kafka.DeadLetterTopic, cancellation);
        }
        catch (InvalidOperationException failure)
        {
            // A setting that the client does not know, or cannot use; the message names it and not its value.
            throw new TopicException($"Stream:Kafka:Settings cannot be used: {failure.Message}", failure);
        }
        catch (KafkaException failure) when (!Final.Contains(CodeOf(failure)))
        {
            LogAway(CodeOf(failure), failure.Message);
            return false;
        }
        catch (KafkaException refusal)
        {
            throw new TopicException(
                $"Stream:Kafka:Topic {_kafka.Topic} cannot be checked or made: {CodeOf(refusal)}, {refusal.Message}",
                refusal);
        }
    }

    /// <returns>False: it was made just now, and a new topic is not known to every broker at once.</returns>
    private async Task<bool> CheckAsync(IAdminClient admin, string topic, CancellationToken cancellation)
    {
        var description = await DescribeAsync(admin, topic, cancellation);
        if (description is null)
        {
            if (!_kafka.CreateTopic)
            {
                throw new TopicException($"The topic {topic} is not there, and Stream:Kafka:CreateTopic is off.");
            }

            await CreateAsync(admin, topic).WaitAsync(cancellation);
            return false;
        }

        if (description.Partitions.Count != _kafka.Partitions)
        {
            throw Differs(topic, nameof(KafkaOptions.Partitions), _kafka.Partitions, description.Partitions.Count);
        }

        var replicas = description.Partitions.Min(partition => partition.Replicas.Count);
        if (replicas < _kafka.ReplicationFactor)
        {
            throw Differs(topic, nameof(KafkaOptions.ReplicationFactor), _kafka.ReplicationFactor, replicas);
        }

        await CheckConfigAsync(admin, topic, cancellation);
        return true;
    }

    /// <summary>What holds for the topic of dead letters: it is the only memory of what is parked.</summary>
    private void CheckKept(string topic, string retention, string cleanup)
    {
        if (topic == _kafka.DeadLetterTopic && (retention != "-1" || cleanup != "delete"))
        {
            throw new TopicException(
                $"The topic {topic} has retention.ms {retention} and cleanup.policy {cleanup}: facts that are parked "
                + "would be handed over no more, or out of order. Set them to -1 and delete.");
        }
    }

    private async Task CheckConfigAsync(IAdminClient admin, string topic, CancellationToken cancellation)
    {
        var described = await admin.DescribeConfigsAsync(
            [new ConfigResource { Type = ResourceType.Topic, Name = topic }],
            new DescribeConfigsOptions { RequestTimeout = _kafka.RequestTimeout }).WaitAsync(cancellation);
        var entries = described[0].Entries;
        var inSync = int.Parse(entries["min.insync.replicas"].Value, CultureInfo.InvariantCulture);
        if (inSync < _kafka.MinInSyncReplicas)
        {
            throw Differs(topic, nameof(KafkaOptions.MinInSyncReplicas), _kafka.MinInSyncReplicas, inSync);
        }

        var bytes = long.Parse(entries["max.message.bytes"].Value, CultureInfo.InvariantCulture);
        if (bytes < TopicBytesMin)
        {
            throw new TopicException(string.Create(
                CultureInfo.InvariantCulture,
                $"The topic {topic} has max.message.bytes {bytes}: it would refuse what the relay sends. Set it to "
                + $"{TopicBytesMin} or more."));
        }

        CheckKept(topic, entries["retention.ms"].Value, entries["cleanup.policy"].Value);
        if (entries["unclean.leader.election.enable"].Value != "false")
        {
            throw new TopicException(
                $"The topic {topic} has unclean.leader.election.enable true: acknowledged facts may be lost. Set it to "
                + "false.");
        }
    }

    private async Task<TopicDescription?> DescribeAsync(
        IAdminClient admin, string topic, CancellationToken cancellation)
    {
        try
        {
            var described = await admin.DescribeTopicsAsync(
                TopicCollection.OfTopicNames([topic]),
                new DescribeTopicsOptions { RequestTimeout = _kafka.RequestTimeout }).WaitAsync(cancellation);
            return described.TopicDescriptions[0];
        }
        catch (DescribeTopicsException failure) when (CodeOf(failure) == ErrorCode.UnknownTopicOrPart)
        {
            return null;
        }
    }

    private async Task CreateAsync(IAdminClient admin, string topic)
    {
        var specification = new TopicSpecification
        {
            Name = topic,
            NumPartitions = _kafka.Partitions,
            ReplicationFactor = (short)_kafka.ReplicationFactor,
            Configs = ConfigOf(_kafka, topic),
        };
        try
        {
            await admin.CreateTopicsAsync(
                [specification], new CreateTopicsOptions { RequestTimeout = _kafka.RequestTimeout });
            LogMade(topic, _kafka.Partitions, _kafka.ReplicationFactor);
        }
        catch (CreateTopicsException failure) when (CodeOf(failure) == ErrorCode.TopicAlreadyExists)
        {
            // Another process made it at the same time.
        }
    }

    /// <summary>The error of the topic, where one is told beside that of the whole request.</summary>
    private static ErrorCode CodeOf(KafkaException failure) => failure switch
    {
        DescribeTopicsException described =>
            described.Results.TopicDescriptions.FirstOrDefault()?.Error.Code ?? described.Error.Code,
        CreateTopicsException created => created.Results.FirstOrDefault()?.Error.Code ?? created.Error.Code,
        DescribeConfigsException configs => configs.Results.FirstOrDefault()?.Error.Code ?? configs.Error.Code,
        _ => failure.Error.Code,
    };

    private static TopicException Differs(string topic, string setting, int wanted, int found) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Stream:Kafka:{setting} is {wanted}, but the topic {topic} has {found}."));

    [LoggerMessage(7000, LogLevel.Warning, "The brokers cannot be asked for the topics ({Code}): {Reason}")]
    private partial void LogAway(ErrorCode code, string reason);

    [LoggerMessage(7001, LogLevel.Information, "Made topic {Topic} with {Partitions} partitions, {Replicas} replicas.")]
    private partial void LogMade(string topic, int partitions, int replicas);
}
