using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;

namespace EcmrGateway.Benchmarks.Load;

/// <summary>A server under measurement in a process of its own, so that its processor time can be told apart.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private bool _ended;

    private ServerProcess(Process process, int port, int httpPort)
    {
        _process = process;
        Address = $"http://127.0.0.1:{port}";
        _http.BaseAddress = new Uri($"http://127.0.0.1:{httpPort}");
    }

    public string Address { get; }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The floor, with the collector that the gateway has.</summary>
    public static async Task<ServerProcess> StartEchoAsync()
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "dotnet", [typeof(ServerProcess).Assembly.Location, "echo-server", $"{port}"])
        {
            Environment =
            {
                ["DOTNET_gcServer"] = "1",
                ["DOTNET_gcConcurrent"] = "0",
                ["DOTNET_GCDynamicAdaptationMode"] = "0",
            },
        };
        var server = new ServerProcess(Start(start), port, port);
        await server.WaitAsync(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        });
        return server;
    }

    public static async Task<ServerProcess> StartGatewayAsync(string folder, params string[] settings)
    {
        var server = StartGatewayNow(folder, settings);
        await server.WaitAsync(async () =>
        {
            using var ready = await server._http.GetAsync("/health/ready");
            return ready.IsSuccessStatusCode;
        });
        return server;
    }

    /// <summary>Starts without waiting.</summary>
    public static ServerProcess StartGatewayNow(string folder, params string[] settings)
    {
        var port = FreePort();
        var httpPort = FreePort();
        string[] arguments =
        [
            Repository.Gateway, "--environment=Development", $"--Ledger:Folder={folder}",
            $"--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:{port}",
            $"--Kestrel:Endpoints:Http:Url=http://127.0.0.1:{httpPort}",
            "--Logging:LogLevel:Default=Warning", .. settings,
        ];
        return new ServerProcess(Start(new("dotnet", arguments)), port, httpPort);
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(Address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false },
    });

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

    /// <summary>Prometheus text.</summary>
    public Task<string> MetricsAsync() => _http.GetStringAsync("/metrics");

    /// <summary>Managed bytes that the gateway allocated so far.</summary>
    public async Task<double> AllocatedBytesAsync()
    {
        const string Name = "dotnet_gc_heap_total_allocated_bytes_total{";
        var line = (await MetricsAsync()).Split('\n').First(one => one.StartsWith(Name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task WaitAsync(Func<Task<bool>> ready)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < ReadyWithin && !_process.HasExited)
        {
            try
            {
                if (await ready())
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or SocketException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        throw new TimeoutException("The server did not become ready.");
    }

    private static Process Start(ProcessStartInfo start) =>
        Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
