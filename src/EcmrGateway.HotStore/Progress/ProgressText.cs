using System.Globalization;

namespace EcmrGateway.HotStore.Progress;

/// <summary>A shard's progress as the store keeps it: "index percent".</summary>
internal static class ProgressText
{
    public static string Write(ShardProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"{progress.ScoredIndex} {progress.RebuiltPercent}");

    /// <remarks>What cannot be read counts as progress that never was: a rebuild follows.</remarks>
    public static ShardProgress Read(string text) =>
        text.Split(' ') is [var index, var percent]
        && long.TryParse(index, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var scored)
        && int.TryParse(percent, NumberStyles.None, CultureInfo.InvariantCulture, out var rebuilt)
            ? new(scored, rebuilt)
            : new(-1, 0);
}
