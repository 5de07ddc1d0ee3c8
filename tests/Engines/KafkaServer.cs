using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Testcontainers.Kafka;

namespace EcmrGateway.Engines;

/// <summary>
/// A Kafka for tests: one named by ECMR_TEST_KAFKA, a container, or a single node of the distribution at KAFKA_HOME.
/// </summary>
/// <remarks>A node of its own has one broker, so that topics have one replica, and makes no topic by itself.</remarks>
public sealed class KafkaServer : IAsyncDisposable
{
    public const string Variable = "ECMR_TEST_KAFKA";

    public const string HomeVariable = "KAFKA_HOME";

    public const string Image = "apache/kafka:4.1.2";

    /// <summary>Why a test that needs a Kafka is skipped.</summary>
    public const string Missing =
        $"No Kafka: {Variable} is not set, and neither Docker nor a distribution at {HomeVariable} with Java is here.";

    /// <summary>Why a test that ends a Kafka and starts it again is skipped.</summary>
    public const string MissingNode =
        $"No Kafka that a test can restart: that takes a distribution at {HomeVariable} with Java.";

    /// <summary>After a kill a node waits some ten seconds for its old registration to lapse.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly Func<ValueTask> _dispose;
    private readonly KafkaNode? _node;

    private KafkaServer(string bootstrapServers, string source, Func<ValueTask> dispose, KafkaNode? node = null)
    {
        BootstrapServers = bootstrapServers;
        Source = source;
        _dispose = dispose;
        _node = node;
    }

    public string BootstrapServers { get; }

    /// <summary>Where it runs, for a reader: "address", "container", "process".</summary>
    public string Source { get; }

    /// <summary>Whether <see cref="KillAsync"/> and <see cref="RestartAsync"/> are there: for a process only.</summary>
    /// <remarks>A container gets another port when it starts again, and tells clients the old one.</remarks>
    public bool CanRestart => _node is not null;

    /// <summary>A process, which can be ended and started again.</summary>
    /// <param name="advertisedPort">What clients are told to connect to; null: the node itself.</param>
    /// <param name="disk">Where its data is; null: among other temporary files.</param>
    /// <returns>Null: there is none.</returns>
    public static async Task<KafkaServer?> FindNodeAsync(int? advertisedPort = null, SmallDisk? disk = null) =>
        Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home && KafkaNode.FindJava() is { } java
            ? await StartAsync(java, home, advertisedPort, disk)
            : null;

    /// <returns>Null: there is none.</returns>
    public static async Task<KafkaServer?> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new(named, "address", () => ValueTask.CompletedTask);
        }

        if (Machine.HasDocker)
        {
            var container = new KafkaBuilder(Image).Build();
            await container.StartAsync();
            return new(container.GetBootstrapAddress(), "container", container.DisposeAsync);
        }

        return await FindNodeAsync();
    }

    /// <summary>Whether the node is not there, or has ended by itself.</summary>
    public bool HasEnded => Node.HasEnded;

    /// <summary>Ends the node at once, as a crash would.</summary>
    public Task KillAsync() => Node.EndAsync();

    /// <summary>Where the node asks for a password, by SCRAM-SHA-256.</summary>
    public string AskedServers => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Node.AskedPort}");

    /// <summary>Sets the password of a user; connections that are there stay.</summary>
    public async Task SetPasswordAsync(string user, string password)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.AlterUserScramCredentialsAsync(
            [
                new UserScramCredentialUpsertion
                {
                    User = user,
                    ScramCredentialInfo = new() { Mechanism = ScramMechanism.ScramSha256, Iterations = 4_096 },
                    Password = Encoding.UTF8.GetBytes(password),
                    Salt = RandomNumberGenerator.GetBytes(16),
                },
            ]);
    }

    /// <summary>Starts the node again on its port and folder, and waits until it answers.</summary>
    public async Task RestartAsync()
    {
        Node.Start();
        await WaitAsync(BootstrapServers, Node);
    }

    public ValueTask DisposeAsync() => _dispose();

    private KafkaNode Node => _node ?? throw new InvalidOperationException("It is no process of this test.");

    private static async Task<KafkaServer> StartAsync(
        string java, string home, int? advertisedPort, SmallDisk? disk)
    {
        var node = await KafkaNode.FormatAsync(java, home, advertisedPort, disk);
        node.Start();
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Port}");
        await WaitAsync(address, node);
        return new(address, "process", node.DisposeAsync, node);
    }

    private static async Task WaitAsync(string address, KafkaNode node)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(address))
        {
            if (node.HasEnded || Stopwatch.GetElapsedTime(start) > StartTimeout)
            {
                throw new InvalidOperationException($"Kafka did not start: {node.Output}");
            }
        }
    }

    /// <remarks>
    /// A client of its own each time: one that has heard of the port that clients are told asks there, and it may be
    /// that nobody listens yet.
    /// </remarks>
    private static Task<bool> AnswersAsync(string address) => Task.Run(() =>
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build();
        try
        {
            return admin.GetMetadata(TimeSpan.FromSeconds(3)).Brokers.Count > 0;
        }
        catch (KafkaException)
        {
            return false;
        }
    });
}
