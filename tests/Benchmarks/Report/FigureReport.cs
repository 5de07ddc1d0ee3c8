using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EcmrGateway.Benchmarks.Report;

/// <summary>Prints figures as a table and writes them as JSON.</summary>
internal static class FigureReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="beside">What the figures stand beside; the word over that column.</param>
    public static void Write(string part, IReadOnlyList<Figure> figures, bool quick, string beside = "floor")
    {
        Console.WriteLine();
        Console.WriteLine(
            $"{part,-40} {"value",12} {"unit",-10} {beside,12} {"ratio",7} {"target",8} {"p50 ms",9} {"p99 ms",9} "
            + $"{"bytes",8}");
        foreach (var figure in figures)
        {
            Console.WriteLine(
                $"{figure.Name,-40} {Text(figure.Value),12} {figure.Unit,-10} {Text(figure.Floor),12} "
                + $"{Text(figure.Ratio),7} {Text(figure.Target),8} {Text(figure.P50Ms),9} {Text(figure.P99Ms),9} "
                + $"{Text(figure.AllocatedBytes),8}");
        }

        Directory.CreateDirectory(Repository.Figures);
        File.WriteAllText(
            Path.Combine(Repository.Figures, $"{part}.json"),
            JsonSerializer.Serialize(new { part, quick, machine = Machine(), figures }, Json));
    }

    private static object Machine() => new
    {
        processors = Environment.ProcessorCount,
        memoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        system = RuntimeInformation.OSDescription,
        architecture = RuntimeInformation.OSArchitecture.ToString(),
        runtime = RuntimeInformation.FrameworkDescription,
        processor = Processor(),
    };

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        var model = File.Exists(Source)
            ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?.Split(':', 2)[1].Trim() ?? "unknown";
    }

    private static string Text(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
