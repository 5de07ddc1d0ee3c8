using System.Globalization;

namespace EcmrGateway.HotStore.Codec;

/// <summary>A shard's progress as the store keeps it: "index percent stopped".</summary>
internal static class ProgressText
{
    public static string Write(ShardProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.ScoredIndex} {progress.RebuiltPercent} {(progress.Stopped ? 1 : 0)}");

    /// <remarks>What cannot be read counts as progress that never was: a rebuild follows.</remarks>
    public static ShardProgress Read(string text) =>
        text.Split(' ') is [var index, var percent, var stopped]
        && long.TryParse(index, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var scored)
        && int.TryParse(percent, NumberStyles.None, CultureInfo.InvariantCulture, out var rebuilt)
            ? new(scored, rebuilt) { Stopped = stopped == "1" }
            : new(-1, 0);
}
