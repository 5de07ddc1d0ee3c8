using System.Diagnostics;
using Xunit;

namespace EcmrGateway.PathTests.Gateway;

/// <summary>A run of the gateway's program that ends by itself: its exit code and all that it wrote.</summary>
internal sealed record GatewayRun(int Code, string Output, string Errors)
{
    /// <summary>What a supervisor waits for a run to end by itself.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public string FirstError => Errors.Split('\n')[0];

    public int ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    public string All => $"{Output}\n{Errors}";

    public static async Task<GatewayRun> OfAsync(string[] arguments, string? user = null)
    {
        string[] command =
        [
            .. user is null ? Array.Empty<string>() : ["runuser", "-u", user, "--"],
            "dotnet", Path.Combine(AppContext.BaseDirectory, "ecmr-gateway.dll"), .. arguments,
        ];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(Limit, TimeProvider.System, cancellation);
            return new(process.ExitCode, (await output).Trim(), (await errors).Trim());
        }
        catch
        {
            process.Kill();
            throw;
        }
    }
}
