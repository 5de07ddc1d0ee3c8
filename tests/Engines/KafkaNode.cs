using System.Diagnostics;
using System.Globalization;

namespace EcmrGateway.Engines;

/// <summary>A single KRaft node, broker and controller in one, in a folder of its own.</summary>
internal sealed class KafkaNode : IAsyncDisposable
{
    private const int OutputLinesMax = 200;

    private readonly string _java;
    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly Queue<string> _output = new();
    private Process? _process;

    private KafkaNode(string java, string home, string folder)
    {
        _java = java;
        _folder = folder;

        // The heap and the collector of a small node; a distribution may come without settings for its log.
        var log = Path.Combine(home, "config", "log4j2.yaml");
        _arguments =
        [
            "-cp", Path.Combine(home, "libs", "*"), "-XX:+UseSerialGC", "-Xmx512m",
            .. File.Exists(log) ? [$"-Dlog4j2.configurationFile={log}"] : Array.Empty<string>(),
        ];
    }

    public int Port { get; } = Machine.FreePort();

    /// <summary>Where it asks for a password (SCRAM-SHA-256).</summary>
    public int AskedPort { get; } = Machine.FreePort();

    public bool HasEnded => _process is null or { HasExited: true };

    /// <summary>The last lines that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    private string Settings => Path.Combine(_folder, "node.properties");

    /// <returns>Null: there is no Java here.</returns>
    public static string? FindJava() => Machine.FindProgram(
        "java",
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home ? [Path.Combine(home, "bin")] : []);

    /// <summary>Makes an empty folder for a node.</summary>
    /// <param name="advertisedPort">What clients are told to connect to; null: the node itself.</param>
    /// <param name="disk">Where its data is; null: among other temporary files.</param>
    public static async Task<KafkaNode> FormatAsync(
        string java, string home, int? advertisedPort, SmallDisk? disk = null)
    {
        var folder = disk?.CreateFolder("kafka") ?? Directory.CreateTempSubdirectory("ecmr-kafka-").FullName;
        var node = new KafkaNode(java, home, folder);
        await File.WriteAllLinesAsync(node.Settings, node.SettingsOf(Machine.FreePort(), advertisedPort ?? node.Port));
        await Machine.RunAsync(
            java,
            [
                .. node._arguments, "kafka.tools.StorageTool", "format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c",
                node.Settings,
            ]);
        return node;
    }

    public void Start()
    {
        var process = Machine.Start(_java, [.. _arguments, "kafka.Kafka", Settings]);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
    }

    public async Task EndAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > OutputLinesMax)
            {
                _output.Dequeue();
            }
        }
    }

    private string[] SettingsOf(int controllerPort, int advertisedPort)
    {
        var broker = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");
        var asked = string.Create(CultureInfo.InvariantCulture, $"ASKED://127.0.0.1:{AskedPort}");
        var controller = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{controllerPort}");
        return
        [
            "node.id=1",
            "process.roles=broker,controller",
            $"listeners=PLAINTEXT://{broker},{asked},CONTROLLER://{controller}",
            string.Create(
                CultureInfo.InvariantCulture, $"advertised.listeners=PLAINTEXT://127.0.0.1:{advertisedPort},{asked}"),
            "controller.listener.names=CONTROLLER",
            "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,ASKED:SASL_PLAINTEXT",
            "sasl.enabled.mechanisms=SCRAM-SHA-256",
            "listener.name.asked.scram-sha-256.sasl.jaas.config="
                + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
            $"controller.quorum.voters=1@{controller}",
            $"log.dirs={Path.Combine(_folder, "data")}",
            "auto.create.topics.enable=false",
            "offsets.topic.replication.factor=1",
            "offsets.topic.num.partitions=4",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "share.coordinator.state.topic.replication.factor=1",
            "share.coordinator.state.topic.min.isr=1",
            "group.initial.rebalance.delay.ms=0",
        ];
    }
}
