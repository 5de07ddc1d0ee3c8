using System.Globalization;

namespace EcmrGateway.Engines;

/// <summary>A clock of one process that can be stepped while it runs, with libfaketime.</summary>
/// <remarks>The monotonic clock goes on as it is, as when somebody sets the time of a machine.</remarks>
public sealed class StepClock : IDisposable
{
    /// <summary>Why what needs it is skipped.</summary>
    public const string Missing = "libfaketimeMT.so.1 is not here (Debian: package faketime)";

    private const string Library = "libfaketimeMT.so.1";

    /// <summary>Where distributions put it; below /usr/lib also in the folder of the architecture.</summary>
    private static readonly string[] Roots = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];

    private readonly string _file = Path.GetTempFileName();

    public StepClock() => Step(TimeSpan.Zero);

    public static bool IsHere => FindLibrary() is not null;

    /// <summary>Of the process whose clock it is.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = FindLibrary() ?? throw new InvalidOperationException(Missing),
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",

        // Waits that are measured by the monotonic clock, as .NET's are, would end at once and spin.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    /// <summary>Sets how far the clock is ahead of the machine's, or behind it; it is so within two seconds.</summary>
    public void Step(TimeSpan ahead)
    {
        // In one go: the process may read at any moment.
        var next = $"{_file}.next";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{(long)ahead.TotalSeconds:+0;-0;+0}\n"));
        File.Move(next, _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);

    private static string? FindLibrary() => Roots.Where(Directory.Exists)
        .SelectMany(root => (string[])[root, .. Directory.GetDirectories(root, "*-linux-*")])
        .SelectMany(folder => (string[])[Path.Combine(folder, "faketime", Library), Path.Combine(folder, Library)])
        .FirstOrDefault(File.Exists);
}
