using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EcmrGateway.Engines;

/// <summary>A redis-server of one's own that keeps its data on disk, to be killed and started again.</summary>
public sealed class RedisNode : IAsyncDisposable
{
    /// <summary>Why a test that needs one is skipped.</summary>
    public const string Missing = "No redis-server: it is not on the path.";

    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-redis-").FullName;
    private readonly int _port = Machine.FreePort();
    private Process? _process;

    private RedisNode(string program) => _program = program;

    /// <summary>Stays the same when it is started again.</summary>
    public string Address => $"127.0.0.1:{_port}";

    /// <summary>Of the program that runs.</summary>
    /// <exception cref="InvalidOperationException">None runs.</exception>
    public TimeSpan ProcessorTime
    {
        get
        {
            var process = _process ?? throw new InvalidOperationException("redis-server does not run.");
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <returns>Null: the program is not here.</returns>
    public static async Task<RedisNode?> TryStartAsync()
    {
        if (Machine.FindProgram("redis-server") is not { } program)
        {
            return null;
        }

        var node = new RedisNode(program);
        await node.StartAsync();
        return node;
    }

    /// <summary>Starts it with what is on its disk: a snapshot, written only when it is told to (SAVE).</summary>
    public async Task StartAsync()
    {
        _process = Machine.Start(
            _program, "--bind", "127.0.0.1", "--port", $"{_port}", "--save", "", "--appendonly", "no", "--dir",
            _folder);
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, so that a full pipe does not stop it.
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"redis-server ended with {_process.ExitCode}.");
    }

    /// <summary>Asks clients that connect from now on for a password.</summary>
    /// <param name="last">The password before; null: there was none.</param>
    public Task SetPasswordAsync(string password, string? last = null) =>
        TellAsync(last is null ? "PING" : $"AUTH {last}", $"CONFIG SET requirepass {password}");

    /// <summary>Cuts every connection.</summary>
    public Task CutAsync(string password) =>
        TellAsync($"AUTH {password}", "CLIENT KILL TYPE normal SKIPME yes", "CLIENT KILL TYPE pubsub SKIPME yes");

    /// <summary>Ends it at once; what is not on its disk is lost.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <exception cref="InvalidOperationException">It refuses one of the commands.</exception>
    private async Task TellAsync(params IEnumerable<string> commands)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", [.. commands, "QUIT", ""])));
        var answers = await new StreamReader(stream).ReadToEndAsync();
        if (answers.Contains("-ERR", StringComparison.Ordinal) || answers.Contains("-WRONG", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"redis-server refuses: {answers}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
