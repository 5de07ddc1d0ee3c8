using EcmrGateway.DeadLetters;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>What is said of a parked key once the batch that its records are in has had its effect.</summary>
/// <param name="Epoch">Number of the partition's assignment.</param>
/// <param name="Through">Offset on the topic of dead letters up to which records were handed over; -1: none.</param>
/// <param name="Reason">Code of what is still wrong; empty: nothing.</param>
internal sealed record Settlement(
    int Partition, long Epoch, ParkedKey Key, ControlKind Kind, long Through, string Reason);
