using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace EcmrGateway.Engines;

/// <summary>A toxiproxy: connections through it can be slowed, cut, reset and left half open.</summary>
public sealed class Toxiproxy : IAsyncDisposable
{
    /// <summary>Why what needs it is skipped.</summary>
    public const string Missing = "toxiproxy-server is not on the path";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly HttpClient _http;

    private Toxiproxy(Process process, int port)
    {
        _process = process;
        _http = new HttpClient
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
        };
    }

    /// <returns>Null: the program is not here.</returns>
    public static async Task<Toxiproxy?> TryStartAsync()
    {
        if (Machine.FindProgram("toxiproxy-server") is not { } program)
        {
            return null;
        }

        var port = Machine.FreePort();
        var process = Machine.Start(program, "-host", "127.0.0.1", "-port", $"{port}");
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        var proxy = new Toxiproxy(process, port);
        var start = Stopwatch.GetTimestamp();
        while (!await proxy.AnswersAsync())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > StartTimeout)
            {
                throw new InvalidOperationException("toxiproxy-server did not start.");
            }
        }

        return proxy;
    }

    /// <summary>A port that is not in use, for an engine that must know its proxy's before it starts.</summary>
    public static int FreePort() => Machine.FreePort();

    /// <summary>Makes a proxy.</summary>
    public async Task ListenAsync(string name, int port, int upstreamPort)
    {
        using var made = await _http.PostAsJsonAsync("/proxies", new
        {
            name,
            listen = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            upstream = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{upstreamPort}"),
        });
        made.EnsureSuccessStatusCode();
    }

    /// <summary>Makes a proxy's connections ill in both directions, also those that are open.</summary>
    /// <param name="type">As toxiproxy names it: latency, timeout, reset_peer, limit_data.</param>
    public async Task PoisonAsync(string proxy, string type, object attributes)
    {
        foreach (var stream in (string[])["upstream", "downstream"])
        {
            using var made = await _http.PostAsJsonAsync(
                $"/proxies/{proxy}/toxics",
                new { name = $"{type}_{stream}", type, stream, toxicity = 1.0, attributes });
            made.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Heals all.</summary>
    public async Task HealAsync()
    {
        using var healed = await _http.PostAsync("/reset", null);
        healed.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await _http.GetFromJsonAsync<JsonElement>("/proxies");
            return true;
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            return false;
        }
    }
}
