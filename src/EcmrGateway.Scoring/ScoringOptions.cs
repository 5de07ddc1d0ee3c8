using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring;

/// <summary>Settings of the scoring consumer, section <see cref="Section"/>.</summary>
public sealed record ScoringOptions
{
    public const string Section = "Scoring";

    /// <summary>
    /// Facts in one read of a rebuild. After the reads that bring 2,048 vehicles, or after one of each shard, new facts
    /// are scored, so that it also says how long these wait at most.
    /// </summary>
    [Range(1, 16_384)]
    public int RebuildLength { get; init; } = 2_048;

    /// <summary>
    /// How far back a rebuild goes, days: profiles of who was not seen since have expired anyway. A note received
    /// longer ago for a carriage still to come is ranked again when its vehicle or its consignor is next met.
    /// </summary>
    [Range(1, 400)]
    public int RebuildDays { get; init; } = 30;

    /// <summary>
    /// A vehicle is on the road until so long after the end of its movement. When the record of a carrier or a
    /// consignor changes, its vehicles on the road are assessed again, others when they are next met.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "2.00:00:00")]
    public TimeSpan OnRoadAfterEnd { get; init; } = TimeSpan.FromHours(2);

    /// <summary>First wait after the hot store did not answer, milliseconds; it doubles.</summary>
    [Range(1, 60_000)]
    public int RetryMs { get; init; } = 100;

    /// <summary>Longest wait between two tries, milliseconds.</summary>
    [Range(1, 600_000)]
    public int RetryMsMax { get; init; } = 5_000;

    /// <summary>Reads of the ledger at a time; each brings the facts of some subjects.</summary>
    [Range(1, 64)]
    public int HistoryReads { get; init; } = 2;
}

/// <summary>Checks what the attributes say, generated.</summary>
[OptionsValidator]
internal sealed partial class ScoringOptionsValidator : IValidateOptions<ScoringOptions>;
