using System.Runtime.CompilerServices;
using EcmrGateway.Ledger;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>The facts of the topic, shared among the members of a consumer group.</summary>
/// <remarks>
/// Each reading is a member of its own. The group remembers how far its members are, so that "after" only spares what
/// the consumer knows already. A fact may come again after a shard has moved or a member has crashed.
/// </remarks>
internal sealed class KafkaFactStream(
    IOptions<StreamOptions> options, INoteLedger ledger, TopicCheck topic, StreamTelemetry telemetry,
    TimeProvider time, ILogger<KafkaFactStream> logger, FactCheck? check = null) : IFactStream
{
    /// <summary>After so long without news a batch is empty, so that a consumer can do what time asks for.</summary>
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        IReadOnlyDictionary<int, long> after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(after);
        await topic.WaitOrStopAsync(cancellation);
        var assignment = new MemberAssignment(ledger.ShardCount, options.Value.Kafka.Partitions);
        await using var member = GroupMember.Start(
            new(options.Value, assignment, after, ledger, check ?? (_ => { }), telemetry, time, logger));
        while (true)
        {
            if (await member.NextAsync(QuietPeriod, cancellation) is not { } batch)
            {
                yield return new([], assignment.Shards());
                continue;
            }

            yield return new([.. batch.Facts.Select(fact => fact.Fact)], assignment.Shards());
            member.Done(batch);
        }
    }
}
