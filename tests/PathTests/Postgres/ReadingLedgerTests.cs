using System.Security.Cryptography;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.PathTests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>A process that only reads facts opens the ledger without a key, and makes nothing.</summary>
public sealed class ReadingLedgerTests(TestEngines engines) : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-reading-").FullName;
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PublicKey => Path.Combine(_folder, "keys", "tree-head.pub");

    public async ValueTask InitializeAsync()
    {
        _database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        await LedgerMigration.RunAsync(
            Appending() with { MigrationConnectionString = _database }, TimeProvider.System, Cancellation);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_sees_what_others_append()
    {
        await using var appending = await OpenAsync(Appending(), LedgerAccess.Append);
        await using var reading = await OpenAsync(Reading(), LedgerAccess.ReadFacts);
        var before = reading.Head;

        var appended = await appending.AppendAsync(Draft(), Cancellation);
        await reading.WaitPastAsync(before, Cancellation);

        var fact = Assert.Single(await reading.ReadFactsAsync(0, after: 0, limit: 10, Cancellation));
        Assert.Equal(appended.Position, fact.Position);
        Assert.True(reading.IsWritable);
        Assert.True(reading.PublicKey.IsEmpty);
        Assert.Equal(appended.Receipt!.TreeHead.LogId, reading.TreeHeadOf(0).LogId);
    }

    [Fact]
    public async Task It_appends_nothing()
    {
        await (await OpenAsync(Appending(), LedgerAccess.Append)).DisposeAsync();
        await using var reading = await OpenAsync(Reading(), LedgerAccess.ReadFacts);

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await reading.AppendAsync(Draft(), Cancellation));
    }

    [Fact]
    public async Task It_waits_for_who_makes_the_ledger()
    {
        var opening = OpenAsync(Reading(), LedgerAccess.ReadFacts);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancellation);
        Assert.False(opening.IsCompleted);

        await using var appending = await OpenAsync(Appending(), LedgerAccess.Append);

        await using var reading = await opening;
        Assert.Equal(appending.ShardCount, reading.ShardCount);
    }

    [Fact]
    public async Task Where_nobody_makes_the_ledger_it_says_who_would()
    {
        var refused = await Assert.ThrowsAsync<LedgerOpenException>(
            () => OpenAsync(Reading() with { OpenTimeout = TimeSpan.Zero }, LedgerAccess.ReadFacts));

        Assert.Contains("ingress or inspection", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_public_key_a_head_that_was_tampered_with_is_refused()
    {
        await (await OpenAsync(Appending(), LedgerAccess.Append)).DisposeAsync();
        await (await OpenAsync(Reading() with { PublicKeyFile = PublicKey }, LedgerAccess.ReadFacts)).DisposeAsync();
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand("UPDATE ledger.shards SET root = sha256(root)");
        await command.ExecuteNonQueryAsync(Cancellation);

        var refused = await Assert.ThrowsAsync<LedgerOpenException>(
            () => OpenAsync(Reading() with { PublicKeyFile = PublicKey }, LedgerAccess.ReadFacts));

        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_key_of_another_ledger_is_refused_and_so_is_no_key()
    {
        await (await OpenAsync(Appending(), LedgerAccess.Append)).DisposeAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(PublicKey, other.ExportSubjectPublicKeyInfoPem(), Cancellation);

        var refused = await Assert.ThrowsAsync<LedgerOpenException>(
            () => OpenAsync(Reading() with { PublicKeyFile = PublicKey }, LedgerAccess.ReadFacts));
        Assert.Contains("Ledger:PublicKeyFile", refused.Message, StringComparison.Ordinal);

        var missing = Path.Combine(_folder, "none.pub");
        refused = await Assert.ThrowsAsync<LedgerOpenException>(
            () => OpenAsync(Reading() with { PublicKeyFile = missing }, LedgerAccess.ReadFacts));
        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
    }

    private static Task<PostgresNoteLedger> OpenAsync(LedgerOptions options, LedgerAccess access) =>
        PostgresNoteLedger.OpenAsync(options, access, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);

    private LedgerOptions Appending() => Reading() with { Folder = _folder };

    private LedgerOptions Reading() => new()
    {
        Engine = LedgerOptions.Postgres,
        ConnectionString = _database,
        ReopenDelay = TimeSpan.FromMilliseconds(50),
        Shards = 1,
    };

    private static EntryDraft Draft() => new()
    {
        Kind = EntryKind.Note,
        Party = "acme",
        Id = "note-1",
        RequestId = "request-1",
        Payload = new byte[] { 1 },
        Fact = new byte[] { 2 },
        ContentSha256 = SHA256.HashData([1]),
        ReceivedTime = TimeProvider.System.GetUtcNow(),
    };
}
