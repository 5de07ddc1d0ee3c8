using HdrHistogram;

namespace EcmrGateway.Benchmarks.Load;

/// <summary>What a load run measured.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="ProcessorMicroseconds">Processor time of the server for one answer.</param>
internal sealed record Measured(double Rate, double P50Ms, double P99Ms, double ProcessorMicroseconds, long Answers)
{
    /// <summary>The run with the middle rate.</summary>
    public static Measured Median(IEnumerable<Measured> runs)
    {
        var ordered = runs.OrderBy(run => run.Rate).ToList();
        return ordered[ordered.Count / 2];
    }

    /// <summary>A histogram of ticks up to a minute, three digits.</summary>
    public static LongConcurrentHistogram NewHistogram() => new(1, TimeSpan.TicksPerMinute, 3);

    public static double Milliseconds(HistogramBase histogram, double percentile) =>
        histogram.TotalCount == 0
            ? 0
            : histogram.GetValueAtPercentile(percentile) / (double)TimeSpan.TicksPerMillisecond;
}
