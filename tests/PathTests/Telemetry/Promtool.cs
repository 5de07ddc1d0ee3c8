using System.Diagnostics;
using EcmrGateway.Engines;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>Prometheus' own checker, where the path has it.</summary>
internal static class Promtool
{
    /// <summary>Skips the test where it is not there, or is older than the windows that the tests expect.</summary>
    /// <returns>Its exit code, and all that it said.</returns>
    public static async Task<(int Code, string Output)> RunAsync(IEnumerable<string> arguments, string input = "")
    {
        var program = Machine.FindProgram("promtool");
        Assert.SkipWhen(program is null, "promtool is not on the path.");
        var (_, version) = await RunAsync(program, ["--version"], "");

        // Since 3 a window leaves out the sample at its beginning, and figures are a little different.
        Assert.SkipUnless(version.StartsWith("promtool, version 3", StringComparison.Ordinal), $"Needs 3: {version}");
        return await RunAsync(program, arguments, input);
    }

    private static async Task<(int Code, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
