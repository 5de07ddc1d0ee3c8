using System.Diagnostics;

namespace EcmrGateway.Simulation;

/// <summary>Runs one seed after another on every core; each run stays on one thread.</summary>
internal static class Seeds
{
    /// <param name="ended">Called for one run at a time, in the order in which they end.</param>
    /// <param name="limit">After it no further seed is begun.</param>
    /// <returns>
    /// How many were run, and the first that ended with a violation; after one no further seed is begun.
    /// </returns>
    public static (ulong Done, Run? Failed) Run(
        ulong first, ulong count, Broken broken, Action<Run>? ended = null, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        var gate = new Lock();
        var (begun, done) = (0UL, 0UL);
        Run? failed = null;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        Array.ForEach(threads, one => one.Start());
        Array.ForEach(threads, one => one.Join());
        return (done, failed);

        void Work()
        {
            while (Begin() is { } seed)
            {
                var run = Simulation.Run.Of(seed, broken);
                lock (gate)
                {
                    done++;
                    failed = run.Violation is null || failed?.Seed < seed ? failed : run;
                    ended?.Invoke(run);
                }
            }
        }

        ulong? Begin()
        {
            lock (gate)
            {
                var ends = failed is not null || begun == count || watch.Elapsed >= (limit ?? TimeSpan.MaxValue);
                return ends ? null : first + begun++;
            }
        }
    }
}
