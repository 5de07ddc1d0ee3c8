using System.Globalization;
using EcmrGateway.Benchmarks.Report;

namespace EcmrGateway.Benchmarks.Core;

/// <summary>The checked-in table of what each step of a note allocates, and the comparison with it.</summary>
/// <remarks>Unlike times, allocations are about the same on every machine, so that growth shows in a review.</remarks>
internal static class ExpectedAllocations
{
    /// <summary>Headroom for what differs between runtimes and runs.</summary>
    private const double Tolerance = 0.1;

    /// <summary>The same for a quick run, part of whose code is not compiled for good: it allocates more.</summary>
    private const double QuickTolerance = 0.5;

    private static string Table => Path.Combine(Repository.Root, "tests/Benchmarks/Core/allocations.tsv");

    /// <summary>Prints every figure that differs, and makes the run fail when one allocates more.</summary>
    public static void Compare(IEnumerable<Figure> figures, bool quick)
    {
        var tolerance = quick ? QuickTolerance : Tolerance;
        var expected = File.ReadLines(Table).Skip(1).Select(line => line.Split('\t')).ToDictionary(
            cells => cells[0], cells => double.Parse(cells[1], CultureInfo.InvariantCulture));
        foreach (var figure in figures)
        {
            var bytes = figure.AllocatedBytes ?? 0;
            if (!expected.Remove(figure.Name, out var known))
            {
                Fail($"'{figure.Name}' allocates {bytes:N0} bytes and is missing from allocations.tsv");
            }
            else if (bytes > known * (1 + tolerance))
            {
                Fail($"'{figure.Name}' allocates {bytes:N0} bytes, more than the {known:N0} of allocations.tsv");
            }
            else if (bytes < known * (1 - tolerance))
            {
                Console.WriteLine($"'{figure.Name}' allocates only {bytes:N0} bytes: lower its {known:N0}");
            }
        }

        foreach (var name in expected.Keys)
        {
            Fail($"'{name}' of allocations.tsv was not measured");
        }
    }

    private static void Fail(string message)
    {
        Console.Error.WriteLine(message);
        Environment.ExitCode = 1;
    }
}
