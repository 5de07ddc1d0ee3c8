using System.Net;
using System.Security.Cryptography;
using EcmrGateway.Engines;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using EcmrGateway.PathTests.Streaming;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>A password is changed in the engine and in its file, connections are cut, the gateway goes on.</summary>
public sealed class RotationTests(TestEngines engines) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-rotation-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Password => Path.Combine(_folder, "password");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_ledger_goes_on_with_the_new_password_of_PostgreSQL()
    {
        var login = await PasswordLogin.CreateAsync(await engines.PostgresAsync(), "the-first-one");
        Assert.SkipUnless(await login.IsAskedForAsync(), PasswordLogin.Missing);
        await LedgerMigration.RunAsync(
            Options(login) with { MigrationConnectionString = login.OwnerConnectionString }, TimeProvider.System,
            Cancellation);
        await File.WriteAllTextAsync(Password, "the-first-one\n", Cancellation);
        await using var ledger = await PostgresNoteLedger.OpenAsync(
            Options(login), TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        Assert.Equal(AppendStatus.Appended, (await ledger.AppendAsync(Draft(1), Cancellation)).Status);

        await login.SetAsync("the-second-one");

        // Cut until it is noticed: a connection that was being made meanwhile is not among those that are cut.
        await Wait.UntilAsync(async () =>
        {
            await login.CutAsync();
            return !ledger.IsWritable;
        });
        await File.WriteAllTextAsync(Password, "the-second-one\n", Cancellation);

        // The first may find out that its connection is gone.
        await Wait.UntilAsync(async () =>
            (await ledger.AppendAsync(Draft(2), Cancellation)).Status == AppendStatus.Appended);
    }

    [Fact]
    public async Task The_hot_store_goes_on_with_the_new_password_of_Redis()
    {
        await using var redis = await RedisNode.TryStartAsync();
        Assert.SkipWhen(redis is null, RedisNode.Missing);
        await redis.SetPasswordAsync("the-first-one");
        await File.WriteAllTextAsync(Password, "the-first-one\n", Cancellation);
        await using var gateway = await GatewayProcess.StartAsync(
            $"--Ledger:Folder={_folder}/data", "--HotStore:Engine=Redis",
            $"--HotStore:ConnectionString={redis.Address}", $"--HotStore:PasswordFile={Password}");
        await Wait.UntilAsync(async () => await gateway.AskAsync("/health/hot-store") == HttpStatusCode.OK);

        await redis.SetPasswordAsync("the-second-one", last: "the-first-one");
        await redis.CutAsync("the-second-one");
        await Wait.UntilAsync(async () => await gateway.AskAsync("/health/hot-store") != HttpStatusCode.OK);
        await File.WriteAllTextAsync(Password, "the-second-one\n", Cancellation);

        await Wait.UntilAsync(async () => await gateway.AskAsync("/health/hot-store") == HttpStatusCode.OK);
    }

    private LedgerOptions Options(PasswordLogin login) => new()
    {
        Engine = LedgerOptions.Postgres,
        Folder = Path.Combine(_folder, "keys"),
        ConnectionString = login.Without,
        PasswordFile = Password,
        ReopenDelay = TimeSpan.FromMilliseconds(100),
        Shards = 1,
    };

    private static EntryDraft Draft(int number) => new()
    {
        Kind = EntryKind.Note,
        Party = "acme",
        Id = $"note-{number}",
        RequestId = $"request-{number}",
        Payload = new byte[] { 1 },
        ContentSha256 = SHA256.HashData([(byte)number]),
        ReceivedTime = TimeProvider.System.GetUtcNow(),
    };
}
