using System.Security.Cryptography;
using Confluent.Kafka;
using EcmrGateway.Doctor;
using EcmrGateway.Engines;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using EcmrGateway.PathTests.Postgres;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Doctor;

/// <summary>A gateway on real engines that is well, and then with each thing broken in turn.</summary>
public sealed class DoctorTests(TestEngines engines) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-doctor-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_gateway_that_has_run_is_well()
    {
        var settings = await RunOnceAsync();

        var findings = await ExamineAsync(settings);

        Assert.DoesNotContain(findings, finding => finding.State is FindingState.Wrong);
        foreach (var check in (string[])
            ["settings", "versions", "disk", "keys", "ledger", "tables", "stream", "topics", "hot-store"])
        {
            Assert.Contains(findings, finding => finding.Check == check && finding.State is FindingState.Ok);
        }

        Assert.Equal(2, findings.Count(finding => finding is { Check: "clock", State: FindingState.Ok }));
        Assert.Equal(2, findings.Count(finding => finding is { Check: "lag", State: FindingState.Ok }));
    }

    [Fact]
    public async Task It_changes_nothing()
    {
        var settings = await SettingsAsync();

        await ExamineAsync(settings);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        await using var source = NpgsqlDataSource.Create(DatabaseOf(settings));
        await using var command = source.CreateCommand("SELECT count(*) FROM pg_namespace WHERE nspname = 'ledger'");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
        using var admin = new AdminClientBuilder(
            new AdminClientConfig { BootstrapServers = ValueOf(settings, "Stream:Kafka:BootstrapServers") }).Build();
        Assert.DoesNotContain(
            admin.GetMetadata(TimeSpan.FromSeconds(10)).Topics,
            topic => topic.Topic.StartsWith(ValueOf(settings, "Stream:Kafka:Topic"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("settings", "Ledger:Foldr is no setting", "--Ledger:Foldr=x")]
    [InlineData("settings", "'many' at 'Ledger:Shards'", "--Ledger:Shards=many")]
    [InlineData("settings", "HotStore:PasswordFile cannot be read", "--HotStore:PasswordFile=/nowhere/password")]
    [InlineData(
        "ledger", "The database of Ledger:ConnectionString cannot be used",
        "--Ledger:ConnectionString=Host=127.0.0.1;Port=1;Username=nobody")]
    [InlineData("ledger", "Ledger:PasswordFile cannot be read", "--Ledger:PasswordFile=/nowhere/password")]
    [InlineData("stream", "127.0.0.1:1", "--Stream:Kafka:BootstrapServers=127.0.0.1:1")]
    [InlineData("topics", "Stream:Kafka:ReplicationFactor is 3", "--Stream:Kafka:ReplicationFactor=3")]
    [InlineData("topics", "Stream:Kafka:Partitions is 4", "--Stream:Kafka:Partitions=4")]
    [InlineData("hot-store", "HotStore:ConnectionString", "--HotStore:ConnectionString=127.0.0.1:1")]
    [InlineData("identity", "Identity:Authority", "--Identity:Authority=https://127.0.0.1:1")]
    public async Task A_setting_that_is_wrong_is_found(string check, string words, string setting)
    {
        var settings = await RunOnceAsync();

        var findings = await ExamineAsync([.. settings, setting]);

        var found = Assert.Single(
            findings, finding => finding.Check == check && finding.State is FindingState.Wrong);
        Assert.Contains(words, found.Says, StringComparison.Ordinal);
        Assert.NotEmpty(found.Do);
    }

    [Fact]
    public async Task A_collector_that_is_away_is_no_more_than_a_warning()
    {
        var findings = await ExamineAsync(
            [$"--Ledger:Folder={_folder}", "--Telemetry:OtlpEndpoint=http://127.0.0.1:1"]);

        var found = Assert.Single(findings, finding => finding.Check == "telemetry");
        Assert.Equal(FindingState.Warning, found.State);
        Assert.DoesNotContain(findings, finding => finding.State is FindingState.Wrong);
    }

    [Theory]
    [InlineData("tree-head.key", "Ledger:SigningKeyFile")]
    [InlineData("pseudonym.key", "Ledger:PseudonymKeyFile")]
    [InlineData("token.key", "Ledger:TokenKeyFile")]
    public async Task A_key_that_is_broken_and_one_of_another_ledger_are_found(string file, string setting)
    {
        var settings = await RunOnceAsync();
        var path = Path.Combine(_folder, "keys", file);

        await File.WriteAllTextAsync(path, "no key\n", Cancellation);
        AssertWrong(await ExamineAsync(settings), "keys", setting);

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(
            path,
            setting == "Ledger:SigningKeyFile"
                ? other.ExportPkcs8PrivateKeyPem()
                : Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            Cancellation);
        AssertWrong(await ExamineAsync(settings), "keys", setting);
    }

    [Theory]
    [InlineData("relay,scoring", false)]
    [InlineData("scoring,inspection", true)]
    public async Task Keys_and_issuer_are_asked_of_the_roles_that_use_them(string roles, bool asked)
    {
        string[] settings =
        [
            .. await RunOnceAsync(), "--Ledger:Folder=", $"--Roles={roles}", "--Identity:Authority=https://127.0.0.1:1",
        ];

        var findings = await ExamineAsync(settings);

        Assert.Equal(asked, findings.Any(finding => finding is { Check: "settings", State: FindingState.Wrong }
            && finding.Says.Contains("Ledger:Folder", StringComparison.Ordinal)));
        Assert.Equal(asked, findings.Any(finding => finding is { Check: "identity", State: FindingState.Wrong }));
        Assert.Equal(!asked, findings.Any(finding => finding is { Check: "keys", State: FindingState.NotChecked }
            && finding.Says.Contains("open none", StringComparison.Ordinal)));
        Assert.Equal(asked, findings.Any(finding => finding.State is FindingState.Wrong));
    }

    [Fact]
    public async Task A_login_of_relay_and_scoring_that_may_do_more_than_they_need_is_told()
    {
        var settings = await RunOnceAsync();
        var gateway = await LedgerLogin.CreateAsync(DatabaseOf(settings), "ecmr_gateway");
        var factReader = await LedgerLogin.CreateAsync(DatabaseOf(settings), "ecmr_fact_reader");

        Assert.True(await IsToldAsync(gateway, "relay,scoring"));
        Assert.False(await IsToldAsync(factReader, "relay,scoring"));
        Assert.False(await IsToldAsync(gateway, "ingress,inspection"));

        async Task<bool> IsToldAsync(string login, string roles)
        {
            var findings = await ExamineAsync([.. settings, $"--Ledger:ConnectionString={login}", $"--Roles={roles}"]);
            Assert.Contains(findings, finding => finding is { Check: "tables", State: FindingState.Ok });
            return findings.Any(finding => finding is { Check: "ledger", State: FindingState.Warning }
                && finding.Do.Contains("ecmr_fact_reader", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_key_that_all_may_read_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        var settings = await RunOnceAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path.Combine(_folder, "keys", "token.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        var found = Assert.Single(
            await ExamineAsync(settings), finding => finding is { Check: "keys", State: FindingState.Warning });
        Assert.Contains("chmod 400", found.Do, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_that_are_missing_older_or_newer_are_found()
    {
        var settings = await SettingsAsync();
        Assert.Contains(
            await ExamineAsync(settings), finding => finding.State is FindingState.Wrong
                && finding.Says.Contains("ecmr-gateway migrate", StringComparison.Ordinal));

        await using (await RunningGateway.StartAsync(_folder, configure: null, [.. settings]))
        {
        }

        await RunAsync(settings, "DELETE FROM ledger.migrations WHERE scriptname LIKE '%0003%'");
        AssertWrong(await ExamineAsync(settings), "tables", "lacks the migration 0003_histories.sql");
        await RunAsync(
            settings, "INSERT INTO ledger.migrations (scriptname, applied) VALUES ('9999_later.sql', now())");
        AssertWrong(await ExamineAsync(settings), "tables", "newer program");
    }

    [Fact]
    public async Task A_wrong_password_of_the_database_is_found_and_not_shown()
    {
        var login = await PasswordLogin.CreateAsync(await engines.PostgresAsync(), "the-right-one");
        Assert.SkipUnless(await login.IsAskedForAsync(), PasswordLogin.Missing);

        var findings = await ExamineAsync(
            [
                "--Ledger:Engine=Postgres", $"--Ledger:Folder={_folder}",
                $"--Ledger:ConnectionString={login.Without};Password=the-wrong-one",
            ]);

        AssertWrong(findings, "ledger", "Ledger:PasswordFile");
        Assert.DoesNotContain(findings, finding => finding.Says.Contains("the-wrong-one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_of_Redis_is_found_and_not_shown()
    {
        await using var redis = await RedisNode.TryStartAsync();
        Assert.SkipWhen(redis is null, RedisNode.Missing);
        await redis.SetPasswordAsync("the-right-one");

        var findings = await ExamineAsync(
            [
                $"--Ledger:Folder={_folder}", "--HotStore:Engine=Redis",
                $"--HotStore:ConnectionString={redis.Address},password=the-wrong-one",
            ]);

        AssertWrong(findings, "hot-store", "HotStore:ConnectionString");
        Assert.DoesNotContain(findings, finding => finding.Says.Contains("the-wrong-one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_is_found()
    {
        await using var disk = await SmallDisk.TryMountAsync(mebibytes: 2);
        Assert.SkipWhen(disk is null, SmallDisk.Missing);

        AssertWrong(await ExamineAsync([$"--Ledger:Folder={disk.CreateFolder("data")}"]), "disk", "0.0 GiB");
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_found()
    {
        var settings = await RunOnceAsync();
        var late = new LateClock(TimeSpan.FromMinutes(2));

        var findings = await Examination.RunAsync(Examination.ReadSettings(null, settings), late, Cancellation);

        Assert.Equal(2, findings.Count(finding => finding is { Check: "clock", State: FindingState.Wrong }));
    }

    private static void AssertWrong(IReadOnlyList<Finding> findings, string check, string words) => Assert.Contains(
        findings, finding => finding.Check == check && finding.State is FindingState.Wrong
            && finding.Says.Contains(words, StringComparison.Ordinal));

    private static Task<IReadOnlyList<Finding>> ExamineAsync(string[] settings) =>
        Examination.RunAsync(Examination.ReadSettings(null, settings), TimeProvider.System, Cancellation);

    private static string ValueOf(string[] settings, string name)
    {
        var start = $"--{name}=";
        return settings.Last(setting => setting.StartsWith(start, StringComparison.Ordinal))[start.Length..];
    }

    private static string DatabaseOf(string[] settings) => ValueOf(settings, "Ledger:ConnectionString");

    private static async Task RunAsync(string[] settings, string sql)
    {
        await using var source = NpgsqlDataSource.Create(DatabaseOf(settings));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<string[]> SettingsAsync() =>
        [.. await engines.GatewaySettingsAsync(), $"--Ledger:Folder={_folder}"];

    /// <summary>Settings of a gateway whose tables, topics and keys are there.</summary>
    private async Task<string[]> RunOnceAsync()
    {
        var settings = await SettingsAsync();
        await using var gateway = await RunningGateway.StartAsync(_folder, configure: null, settings);
        return settings;
    }

    private sealed class LateClock(TimeSpan late) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - late;
    }
}
