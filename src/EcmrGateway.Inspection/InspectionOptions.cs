using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Inspection;

/// <summary>Section "Inspection".</summary>
public sealed record InspectionOptions
{
    public const string Section = "Inspection";

    /// <summary>Watches at one time; one more is told to come back.</summary>
    [Range(1, 10_000)]
    public int WatchersMax { get; init; } = 256;

    /// <summary>Deepest place in a ranking that pages reach: inspectors act on the top of it.</summary>
    [Range(500, 100_000)]
    public int RankDepthMax { get; init; } = 10_000;

    /// <summary>Vehicles of each area kept for a time in which the hot store is away; 0: none.</summary>
    [Range(0, 10_000)]
    public int LastReadMax { get; init; } = 500;
}

[OptionsValidator]
internal sealed partial class InspectionOptionsValidator : IValidateOptions<InspectionOptions>;
