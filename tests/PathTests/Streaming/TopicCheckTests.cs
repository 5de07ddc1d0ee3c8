using System.Globalization;
using Confluent.Kafka;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A topic that promises less than is set up is refused.</summary>
public sealed class TopicCheckTests(TestEngines kafka)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_topic_that_is_not_there_is_made_as_set_up()
    {
        await using var rig = await RigAsync();

        await rig.Topic().WaitAsync(Cancellation);
        await rig.Topic().WaitAsync(Cancellation);

        using var admin = Admin(rig);
        var topic = admin.GetMetadata(rig.Options.Kafka.Topic, TimeSpan.FromSeconds(10)).Topics[0];
        Assert.Equal(rig.Options.Kafka.Partitions, topic.Partitions.Count);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_and_must_not_be_made_is_refused()
    {
        await using var rig = await RigAsync(options => options with
        {
            Kafka = options.Kafka with { CreateTopic = false },
        });

        await RefusedAsync(rig, "Stream:Kafka:CreateTopic");
    }

    [Fact]
    public async Task Other_partitions_are_refused()
    {
        await using var rig = await RigAsync();
        await MakeAsync(rig, partitions: 5);

        await RefusedAsync(rig, "Stream:Kafka:Partitions is 4, but the topic", "has 5");
    }

    [Fact]
    public async Task Fewer_replicas_are_refused()
    {
        await using var rig = await RigAsync();
        await MakeAsync(rig);
        await using var strict = await RigAsync(options => options with
        {
            Kafka = options.Kafka with { Topic = rig.Options.Kafka.Topic, ReplicationFactor = 3 },
        });

        await RefusedAsync(strict, "Stream:Kafka:ReplicationFactor is 3, but the topic", "has 1");
    }

    [Fact]
    public async Task More_replicas_than_brokers_are_refused()
    {
        await using var rig = await RigAsync(options => options with
        {
            Kafka = options.Kafka with { ReplicationFactor = 15 },
        });

        await RefusedAsync(rig, "InvalidReplicationFactor");
    }

    [Fact]
    public async Task Fewer_replicas_in_sync_are_refused()
    {
        await using var rig = await RigAsync();
        await MakeAsync(rig);
        await using var strict = await RigAsync(options => options with
        {
            Kafka = options.Kafka with { Topic = rig.Options.Kafka.Topic, MinInSyncReplicas = 2 },
        });

        await RefusedAsync(strict, "Stream:Kafka:MinInSyncReplicas is 2, but the topic", "has 1");
    }

    [Fact]
    public async Task A_topic_whose_leader_may_have_lost_facts_is_refused()
    {
        await using var rig = await RigAsync();
        await MakeAsync(rig, unclean: true);

        await RefusedAsync(rig, "unclean.leader.election.enable");
    }

    [Fact]
    public async Task A_topic_that_would_refuse_large_facts_is_refused()
    {
        await using var rig = await RigAsync();
        await MakeAsync(rig, bytes: 1_000_000);

        await RefusedAsync(rig, "max.message.bytes 1000000", "1048576 or more");
    }

    [Fact]
    public async Task Dead_letters_that_would_be_deleted_are_refused()
    {
        await using var rig = await RigAsync();
        await MakeAsync(rig);
        await MakeAsync(rig, ending: ".dlt");

        await RefusedAsync(rig, ".dlt has retention.ms", "-1 and delete");
    }

    [Fact]
    public async Task Dead_letters_with_other_partitions_are_refused()
    {
        await using var rig = await RigAsync();
        await MakeAsync(rig);
        await MakeAsync(rig, partitions: 5, ending: ".dlt");

        await RefusedAsync(rig, "Stream:Kafka:Partitions is 4, but the topic", ".dlt has 5");
    }

    [Fact]
    public async Task Brokers_that_do_not_answer_are_no_refusal()
    {
        await using var rig = new KafkaRig("127.0.0.1:1", change: options => options with
        {
            Kafka = options.Kafka with { RequestTimeout = TimeSpan.FromSeconds(1) },
        });
        var topic = rig.Topic();

        Assert.False(await topic.TryAsync(Cancellation));
        Assert.Null(topic.Refusal);
    }

    private static async Task RefusedAsync(KafkaRig rig, params string[] words)
    {
        var topic = rig.Topic();
        var refusal = await Assert.ThrowsAsync<TopicException>(() => topic.WaitAsync(Cancellation));

        Assert.All(words, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
        Assert.Same(refusal, topic.Refusal);
    }

    private static async Task MakeAsync(
        KafkaRig rig, int partitions = 4, bool unclean = false, int bytes = 1_048_588, string ending = "")
    {
        using var admin = Admin(rig);
        await admin.CreateTopicsAsync(
            [
                new()
                {
                    Name = rig.Options.Kafka.Topic + ending,
                    NumPartitions = partitions,
                    ReplicationFactor = 1,
                    Configs = new()
                    {
                        ["unclean.leader.election.enable"] = unclean ? "true" : "false",
                        ["max.message.bytes"] = bytes.ToString(CultureInfo.InvariantCulture),
                    },
                },
            ]);
    }

    private static IAdminClient Admin(KafkaRig rig) => new AdminClientBuilder(
        new AdminClientConfig { BootstrapServers = rig.Options.Kafka.BootstrapServers }).Build();

    private async Task<KafkaRig> RigAsync(Func<StreamOptions, StreamOptions>? change = null) =>
        new((await kafka.KafkaAsync()).BootstrapServers, change: change);
}
