using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;

namespace EcmrGateway.Faults;

/// <summary>The gateway as a process of its own, on fixed loopback ports and one data folder, to be killed at will.
/// </summary>
internal sealed class GatewayProcess : IDisposable
{
    private const int OutputLinesMax = 40;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly string _folder;
    private readonly string[] _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly int _grpcPort = FreePort();
    private readonly int _httpPort = FreePort();
    private readonly ConcurrentQueue<GrpcChannel> _channels = new();
    private readonly HttpClient _http = new();
    private Process? _process;

    /// <param name="settings">Further ones than where its data and ports are.</param>
    public GatewayProcess(string program, string folder, params string[] settings)
    {
        _program = program;
        _folder = folder;
        _settings = settings;
        _http.BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}");
        _channels.Enqueue(NewChannel());
    }

    /// <summary>Further variables of its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Connects anew after each start.</summary>
    public GrpcChannel Channel => _channels.Last();

    /// <summary>The last lines that it wrote.</summary>
    public string LastOutput => string.Join('\n', _output);

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                _program, "--environment=Development", $"--Ledger:Folder={_folder}",
                $"--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:{_grpcPort}",
                $"--Kestrel:Endpoints:Http:Url=http://127.0.0.1:{_httpPort}",
                "--Logging:LogLevel:Default=Warning",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in _settings)
        {
            start.ArgumentList.Add(setting);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("The gateway did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < ReadyWithin)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException(
                    $"The gateway ended with {_process.ExitCode} at its start. {LastOutput}");
            }

            if (await IsReadyAsync())
            {
                // Not before: a channel that was refused waits before it tries again, for longer each time, and
                // whoever asks meanwhile is told that nobody is there. The one of before may be in use.
                _channels.Enqueue(NewChannel());
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new TimeoutException($"The gateway was not ready within {ReadyWithin.TotalSeconds} s.");
    }

    /// <summary>Takes the process away without a word, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task<Metadata> AsAsync(string role, string party)
    {
        using var response = await _http.PostAsJsonAsync("/sandbox/token", new { role, party });
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return new Metadata
        {
            { "authorization", $"Bearer {json.RootElement.GetProperty("access_token").GetString()}" },
        };
    }

    public Task<string> PublicKeyAsync() => _http.GetStringAsync("/v1/ledger/public-key");

    /// <summary>What time it is by its clock, to the second.</summary>
    public async Task<DateTimeOffset> TimeAsync()
    {
        using var response = await _http.GetAsync("/health/live");
        return response.Headers.Date ?? throw new InvalidOperationException("The gateway does not say the time.");
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        _http.Dispose();
    }

    private void Keep(string? line)
    {
        _output.Enqueue(line ?? "");
        while (_output.Count > OutputLinesMax)
        {
            _output.TryDequeue(out _);
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private GrpcChannel NewChannel() => GrpcChannel.ForAddress($"http://127.0.0.1:{_grpcPort}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
