using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Gateway;

/// <summary>A gateway as a process of its own, on ports that stay the same when it is started again.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    /// <summary>Generous: the machine may be busy with other tests.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly string[] _arguments;
    private readonly int _grpcPort = FreePort();
    private readonly int _httpPort = FreePort();
    private Process? _process;

    private GatewayProcess(string[] settings)
    {
        GrpcAddress = Address(_grpcPort);
        Http = new HttpClient { BaseAddress = Address(_httpPort) };
        _arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "ecmr-gateway.dll"), "--environment=Development",
            $"--Kestrel:Endpoints:Grpc:Url={Text(GrpcAddress)}",
            $"--Kestrel:Endpoints:Http:Url={Text(Http.BaseAddress)}",
            "--Logging:LogLevel:Default=Warning", .. settings,
        ];
    }

    public Uri GrpcAddress { get; }

    public HttpClient Http { get; }

    /// <summary>What it wrote, for a test that fails.</summary>
    public string Output => string.Join('\n', _output);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<GatewayProcess> StartAsync(params string[] settings)
    {
        var process = new GatewayProcess(settings);
        try
        {
            await process.StartAsync();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", _arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var start = Stopwatch.GetTimestamp();
        while (await AskAsync("/health/ready") != HttpStatusCode.OK)
        {
            Assert.False(_process.HasExited, $"The gateway ended at its start.\n{Output}");
            Assert.True(Stopwatch.GetElapsedTime(start) < StartLimit, $"The gateway is not ready.\n{Output}");
            await PauseAsync();
        }
    }

    /// <returns>Null: nothing listens.</returns>
    public async Task<HttpStatusCode?> AskAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(path, Cancellation);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits, a minute at most, for a value of a metric.</summary>
    /// <param name="sample">How its line begins: its name and "{".</param>
    /// <returns>The value.</returns>
    public async Task<double> UntilAsync(string sample, Func<double, bool> wanted)
    {
        var value = double.NaN;
        await UntilAsync(sample, async () =>
        {
            var line = (await Http.GetStringAsync("/metrics", Cancellation)).Split('\n')
                .FirstOrDefault(line => line.StartsWith(sample, StringComparison.Ordinal));
            value = line is null
                ? double.NaN
                : double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
            return line is not null && wanted(value);
        });
        return value;
    }

    /// <summary>Waits, a minute at most, for words of its output: a log is written behind what it tells.</summary>
    public Task UntilWrittenAsync(string words) =>
        UntilAsync(words, () => Task.FromResult(Output.Contains(words, StringComparison.Ordinal)));

    /// <summary>A token of the sandbox issuer; copies with one folder of keys take each other's.</summary>
    public async Task<string> TokenAsync(string role, string party = "acme")
    {
        using var response = await Http.PostAsJsonAsync("/sandbox/token", new { role, party }, Cancellation);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>Headers with a sandbox token.</summary>
    public async Task<Metadata> AsAsync(string role, string party = "acme") =>
        new() { { "authorization", $"Bearer {await TokenAsync(role, party)}" } };

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start(
            "kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process!.WaitForExitAsync(Cancellation).WaitAsync(EndLimit, TimeProvider.System, Cancellation);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    public static Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        Http.Dispose();
    }

    private async Task UntilAsync(string wanted, Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 1_200; attempt++)
        {
            if (await condition())
            {
                return;
            }

            await PauseAsync();
        }

        Assert.Fail($"{wanted} did not come.\n{Output}");
    }

    private void Keep(string? line)
    {
        _output.Enqueue(line ?? "");
        while (_output.Count > 200)
        {
            _output.TryDequeue(out _);
        }
    }

    private static string Text(Uri address) => address.ToString().TrimEnd('/');

    private static Uri Address(int port) => new(
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
