using Ecmr.Facts.V1;
using EcmrGateway.PathTests.Streaming;
using EcmrGateway.Streaming;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>A topic with a relay before it keeps the contract of a stream of facts.</summary>
public sealed class KafkaStreamContract(TestEngines kafka) : FactStreamContract
{
    private KafkaRig? _rig;

    protected override long Head => Rig.Ledger.FactHead[0];

    /// <summary>Readers of one group share the facts; of the contract's readers each gets all.</summary>
    protected override IFactStream Stream => Rig.Stream(ownGroup: true);

    private KafkaRig Rig => _rig ?? throw new InvalidOperationException("Not started.");

    public override async ValueTask InitializeAsync()
    {
        _rig = new((await kafka.KafkaAsync()).BootstrapServers);
        await _rig.StartRelayAsync();
    }

    public override ValueTask DisposeAsync() => _rig?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task PassQuietSecondAsync(Task waiting) =>
        waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

    /// <summary>A member of a group is told its shards after it has joined.</summary>
    protected override bool HasShards(FactBatch batch) => batch.Shards.Count > 0;

    protected override Task<long> RecordAsync(Fact fact) => Rig.RecordAsync(fact);

    protected override Task RecordWithoutFactAsync() => Rig.RecordWithoutFactAsync();
}
