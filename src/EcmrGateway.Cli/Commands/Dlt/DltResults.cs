using System.Text.Json.Serialization;
using EcmrGateway.DeadLetters;

namespace EcmrGateway.Cli.Commands.Dlt;

/// <summary>A parked key.</summary>
/// <param name="Records">How many wait.</param>
/// <param name="Code">What is wrong with the first.</param>
/// <param name="Note">Why it was kept when it was tried last, or the reason of a drop; empty: neither.</param>
/// <param name="Held">The records, where they were asked for.</param>
internal sealed record DltKey(
    string Key, int Partition, DateTimeOffset Since, int Records, string Code, ParkedState State, string Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DltRecord>? Held = null)
{
    public static DltKey Of(int partition, ParkedKey key) => new(
        key.Key, partition, key.Since, key.Held.Count, key.Held.FirstOrDefault()?.Code ?? "", key.State, key.Note);
}

/// <summary>A record that waits.</summary>
/// <param name="At">Offset on the topic of dead letters.</param>
/// <param name="Offset">Offset on the topic of the facts.</param>
/// <param name="Position">Position in the ledger, as the record says it.</param>
/// <param name="Bytes">Length of the value; -1: it has none.</param>
internal sealed record DltRecord(
    long At, long Offset, string Position, string Code, int Bytes, DateTimeOffset ParkedTime)
{
    public static DltRecord Of(ParkedRecord record) =>
        new(record.At, record.Offset, record.Position, record.Code, record.Bytes, record.Time);
}

/// <summary>What became of a request.</summary>
internal enum DltOutcome
{
    /// <summary>The records have had their effect or were given up; the key is free.</summary>
    Released = 1,

    /// <summary>A record still cannot be used; it and those behind it stay parked.</summary>
    Kept = 2,

    /// <summary>The request is on record, and no scoring process has done it yet.</summary>
    Asked = 3,
}

/// <param name="Reason">Code of what still cannot be used; empty: nothing.</param>
internal sealed record DltDecision(string Key, int Partition, ControlKind Request, DltOutcome Outcome, string Reason)
{
    [JsonIgnore]
    public int ExitCode => Outcome switch
    {
        DltOutcome.Released => Cli.ExitCode.Ok,
        DltOutcome.Kept => Cli.ExitCode.Refused,
        _ => Cli.ExitCode.Unavailable,
    };

    public static DltDecision Of(int partition, string key, ControlKind request, ControlRecord? answer) => new(
        key, partition, request,
        answer?.Kind switch
        {
            ControlKind.Released => DltOutcome.Released,
            ControlKind.Kept => DltOutcome.Kept,
            _ => DltOutcome.Asked,
        },
        answer?.Reason ?? "");
}
