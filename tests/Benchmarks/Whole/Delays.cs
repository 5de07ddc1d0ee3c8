using System.Globalization;

namespace EcmrGateway.Benchmarks.Whole;

/// <summary>The gateway's own histogram of delays from submission to ranking, as its metrics tell it.</summary>
internal sealed record Delays(IReadOnlyList<(double UpTo, double Count)> Buckets)
{
    private const string Name = "ecmr_scoring_submit_to_ranked_delay_seconds_bucket";

    public static Delays Read(string metrics)
    {
        var buckets = new List<(double, double)>();
        foreach (var line in metrics.Split('\n'))
        {
            if (line.StartsWith(Name, StringComparison.Ordinal))
            {
                var bound = line.Split("le=\"")[1].Split('"')[0];
                var count = line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0];
                buckets.Add((
                    bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture),
                    double.Parse(count, CultureInfo.InvariantCulture)));
            }
        }

        return new(buckets);
    }

    /// <summary>What came in after an earlier reading.</summary>
    public Delays Since(Delays earlier) => new(
    [
        .. Buckets.Select(bucket => (
            bucket.UpTo, bucket.Count - earlier.Buckets.FirstOrDefault(one => one.UpTo == bucket.UpTo).Count)),
    ]);

    /// <summary>Upper bound of the bucket in which the quantile lies, seconds.</summary>
    public double Quantile(double quantile)
    {
        var total = Buckets.Count == 0 ? 0 : Buckets[^1].Count;
        return Buckets.FirstOrDefault(bucket => bucket.Count >= quantile * total).UpTo;
    }
}
