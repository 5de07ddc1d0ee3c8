using Streamiz.Kafka.Net.Stream;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>A topology that counts what it has done.</summary>
internal interface ICountedTopology
{
    /// <summary>Facts that are in their group's record.</summary>
    long Aggregated { get; }

    Topology Build(string topic);
}
