using System.Globalization;

namespace EcmrGateway.Risk.Factors;

/// <summary>Lists of ledger positions as a contribution names them.</summary>
internal static class Sources
{
    /// <summary>In rising order, each once: the scored note's own and the newest others.</summary>
    public static IReadOnlyList<long> Of(long own, List<long> others, int countMax)
    {
        others.Remove(own);
        others.Sort();
        var skipped = Math.Max(0, others.Count - (countMax - 1));
        var sources = new long[others.Count - skipped + 1];
        others.CopyTo(skipped, sources, 0, sources.Length - 1);
        sources[^1] = own;
        Array.Sort(sources);
        return sources;
    }

    /// <summary>"1 note", "2 notes": sentences are read out.</summary>
    public static string Count(long count, string one, string more) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : more)}");
}
