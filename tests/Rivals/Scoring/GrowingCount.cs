using System.Diagnostics;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>How fast a count grows, without its beginning and its end.</summary>
internal static class GrowingCount
{
    /// <summary>The first tenth is left out: processes start, and code is compiled.</summary>
    private const double From = 0.1;
    private const double To = 0.95;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Units a second, between two shares of its end; completes when it is at its end.</summary>
    /// <exception cref="TimeoutException">The end does not come.</exception>
    public static async Task<double> RateAsync(long end, Func<Task<long>> read)
    {
        var begun = Stopwatch.GetTimestamp();
        (long Count, long At)? from = null;
        double? rate = null;
        while (true)
        {
            var count = await read();
            var now = Stopwatch.GetTimestamp();
            if (from is null && count >= end * From)
            {
                from = (count, now);
            }

            if (rate is null && from is { } first && count >= end * To)
            {
                rate = (count - first.Count) / Stopwatch.GetElapsedTime(first.At, now).TotalSeconds;
            }

            if (rate is { } found && count >= end)
            {
                return found;
            }

            if (Stopwatch.GetElapsedTime(begun) > Limit)
            {
                throw new TimeoutException($"Only {count} of {end} came within {Limit.TotalMinutes} minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
