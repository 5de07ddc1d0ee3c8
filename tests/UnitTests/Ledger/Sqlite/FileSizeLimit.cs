using System.Runtime.InteropServices;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

/// <summary>Makes the system refuse writes beyond a length of any file of this process, as a full disk would.</summary>
/// <remarks>
/// Only for tests that run alone. setrlimit(2) with RLIMIT_FSIZE; the signal that comes with it is ignored.
/// </remarks>
internal sealed class FileSizeLimit : IDisposable
{
    private const int FileSize = 1;
    private const int SignalOfFileSize = 25;
    private readonly Limits _before;

    public FileSizeLimit(long bytes)
    {
        _ = signal(SignalOfFileSize, handler: 1);
        Assert(getrlimit(FileSize, out _before));
        Assert(setrlimit(FileSize, _before with { Current = (ulong)bytes }));
    }

    public void Dispose() => Assert(setrlimit(FileSize, _before));

    private static void Assert(int result) => Xunit.Assert.Equal(0, result);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, out Limits limits);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, in Limits limits);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint signal(int number, nint handler);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limits(ulong Current, ulong Most);
}
