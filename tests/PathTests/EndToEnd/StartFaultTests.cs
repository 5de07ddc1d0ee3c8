using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using EcmrGateway.Engines;
using EcmrGateway.Host;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using EcmrGateway.PathTests.Postgres;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>
/// What is wrong with a start is said in one line that names the setting; no trace of a stack comes with it, and no
/// secret is ever written.
/// </summary>
public sealed class StartFaultTests(TestEngines engines) : IDisposable
{
    private const string Secret = "correct-horse-battery";

    private static readonly string[] OnPostgres =
        ["--Ledger:Engine=Postgres", "--Ledger:ConnectionString=Host=127.0.0.1;Port=1;Username=gateway"];

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-start-").FullName;

    /// <summary>Settings, and words of the line. {folder} is an empty one.</summary>
    public static TheoryData<string, string[]> OfSettings => new()
    {
        { "Ledger:Folder is needed", ["--Ledger:Folder="] },
        { "Roles names inspector;", ["--Roles=ingress,inspector"] },
        { "Ledger:Foldr is no setting; did you mean Ledger:Folder?", ["--Ledger:Foldr=/data"] },
        { "Stream:Kafka:Partition is no setting", ["--Stream:Kafka:Partition=3"] },
        { "HotStore:Password is no setting", [$"--HotStore:Password={Secret}"] },
        { "'many' at 'Ledger:Shards'", ["--Ledger:Shards=many"] },
        { "Ledger:Shards must be between 1 and 64", ["--Ledger:Shards=65"] },
        { "Shutdown:Timeout must be between", ["--Shutdown:Timeout=00:00:00"] },
        { "HotStore:TimeoutMs must be between", ["--HotStore:TimeoutMs=1"] },
        { "Ledger:PasswordFile cannot be read", [.. OnPostgres, "--Ledger:PasswordFile=/nowhere/password"] },
        { "is empty: put the password there", [.. OnPostgres, "--Ledger:PasswordFile={folder}/empty"] },
        {
            "Ledger:ConnectionString is not one of PostgreSQL",
            [.. OnPostgres, $"--Ledger:ConnectionString=Hst=db;Password={Secret}"]
        },
        {
            "The database of Ledger:ConnectionString cannot be used",
            [
                .. OnPostgres, $"--Ledger:ConnectionString=Host=no-such-host.invalid;Username=me;Password={Secret}",
                "--Ledger:OpenTimeout=00:00:00",
            ]
        },
        {
            "HotStore:PasswordFile cannot be read",
            ["--HotStore:Engine=Redis", "--HotStore:ConnectionString=127.0.0.1:1", "--HotStore:PasswordFile=/nowhere/p"]
        },
        {
            "HotStore:PasswordFile {folder}/empty is empty",
            [
                "--HotStore:Engine=Redis", "--HotStore:ConnectionString=127.0.0.1:1",
                "--HotStore:PasswordFile={folder}/empty",
            ]
        },
        {
            "HotStore:ConnectionString is not one of StackExchange.Redis",
            ["--HotStore:Engine=Redis", $"--HotStore:ConnectionString=127.0.0.1:1,passwrd={Secret}"]
        },
        { "Telemetry:OtlpEndpoint is not an address", ["--Telemetry:OtlpEndpoint=collector"] },
        { "Ledger:Folder", ["--Ledger:Folder={folder}/empty/data"] },
        { "{folder}/empty holds no PKCS#8 key", ["--Ledger:SigningKeyFile={folder}/empty"] },
        { "Ingress:PlacesFile", ["--Ingress:PlacesFile=/nowhere/places.csv"] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(OfSettings))]
    public async Task A_setting_that_is_wrong_is_named(string words, string[] settings)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "empty"), "\n", TestContext.Current.CancellationToken);

        await RefusedAsync(
            words.Replace("{folder}", _folder, StringComparison.Ordinal),
            [.. settings.Select(setting => setting.Replace("{folder}", _folder, StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        await RefusedAsync("Kestrel:Endpoints", $"--Kestrel:Endpoints:Http:Url={address}");
    }

    [Fact]
    public async Task A_wrong_password_of_the_database_is_told_and_not_shown()
    {
        var server = await engines.PostgresAsync();
        var login = await PasswordLogin.CreateAsync(server, Secret);
        Assert.SkipUnless(await login.IsAskedForAsync(), PasswordLogin.Missing);
        var file = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(file, "another-secret-of-mine", TestContext.Current.CancellationToken);

        var run = await RefusedAsync(
            "Look at the user name there, and at the password in Ledger:PasswordFile", "--Ledger:Engine=Postgres",
            $"--Ledger:ConnectionString={login.Without}", $"--Ledger:PasswordFile={file}");

        Assert.DoesNotContain("another-secret", run.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_with_too_few_replicas_is_named()
    {
        string[] settings = [.. await engines.GatewaySettingsAsync()];
        var topic = Settings.Of(settings, "Stream:Kafka:Topic");
        using var admin = new AdminClientBuilder(
            new AdminClientConfig { BootstrapServers = (await engines.KafkaAsync()).BootstrapServers }).Build();
        await admin.CreateTopicsAsync([new() { Name = topic, NumPartitions = 16, ReplicationFactor = 1 }]);

        await RefusedAsync(
            $"Stream:Kafka:ReplicationFactor is 3, but the topic {topic} has 1",
            [.. settings, "--Stream:Kafka:ReplicationFactor=3"]);
    }

    [Fact]
    public async Task A_setting_that_the_client_of_Kafka_does_not_know_is_named()
    {
        await RefusedAsync(
            "Stream:Kafka:Settings", [.. await engines.GatewaySettingsAsync(), "--Stream:Kafka:Settings:securty=ssl"]);
    }

    [Fact]
    public async Task A_full_disk_is_named()
    {
        await using var disk = await SmallDisk.TryMountAsync(mebibytes: 2);
        Assert.SkipWhen(disk is null, SmallDisk.Missing);
        var folder = disk.CreateFolder("data");
        disk.Fill();

        var run = await RefusedAsync(folder, $"--Ledger:Folder={folder}");

        Assert.Contains("No space left", run.FirstError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_nothing_but_the_telemetry()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            $"--Ledger:Folder={_folder}", "--Telemetry:OtlpEndpoint=http://127.0.0.1:1");

        Assert.Equal(HttpStatusCode.OK, await gateway.AskAsync("/health/ready"));
        Assert.DoesNotContain("   at ", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_of_Redis_is_told_and_not_shown()
    {
        await using var redis = await RedisNode.TryStartAsync();
        Assert.SkipWhen(redis is null, RedisNode.Missing);
        await redis.SetPasswordAsync(Secret);
        var file = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(file, "another-secret-of-mine", TestContext.Current.CancellationToken);

        await using var gateway = await GatewayProcess.StartAsync(
            $"--Ledger:Folder={_folder}", "--HotStore:Engine=Redis", $"--HotStore:ConnectionString={redis.Address}",
            $"--HotStore:PasswordFile={file}");

        // Without Redis notes are taken in and inspectors answered.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await gateway.AskAsync("/health/hot-store"));
        await gateway.UntilWrittenAsync("HotStore:PasswordFile");
        Assert.DoesNotContain("another-secret", gateway.Output, StringComparison.Ordinal);
    }

    private async Task<GatewayRun> RefusedAsync(string words, params string[] settings)
    {
        var run = await GatewayRun.OfAsync([.. RunningGateway.Arguments(_folder), .. settings]);

        Assert.Equal(GatewayProgram.CannotStart, run.Code);
        Assert.Equal(1, run.ErrorLines);
        Assert.StartsWith("ecmr-gateway cannot start: ", run.FirstError, StringComparison.Ordinal);
        Assert.Contains(words, run.FirstError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.All, StringComparison.Ordinal);
        return run;
    }
}
