using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Ledger.Receipts;
using EcmrGateway.PathTests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>
/// What is particular to the ledger in PostgreSQL: many processes, roles, and connections that break.
/// </summary>
public sealed partial class PostgresLedgerTests(TestEngines engines) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-postgres-test-").FullName;
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _database = await (await engines.PostgresAsync()).CreateDatabaseAsync();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Many_processes_that_start_at_once_make_one_ledger()
    {
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));

        Assert.All(ledgers, ledger => Assert.Equal(16, ledger.Head.Total + 1));
        await DisposeAsync(ledgers);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Several_processes_append_to_the_same_shards_without_a_gap_and_see_each_other(int shards)
    {
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OpenAsync(shards)));

        var results = await Task.WhenAll(Enumerable.Range(0, 600).Select(
            number => ledgers[number % 3].AppendAsync(Draft(number), Cancellation).AsTask()));

        Assert.All(results, result => Assert.Equal(AppendStatus.Appended, result.Status));
        foreach (var shard in results.GroupBy(result => result.Position.Shard))
        {
            Assert.Equal(
                Enumerable.Range(1, shard.Count()), shard.Select(result => (int)result.Position.Index).Order());
            Assert.All(ledgers, ledger => Assert.Equal(
                ReceiptVerdict.Valid, ReceiptVerifier.Verify(shard.First().Receipt!, ledger.PublicKey.Span, [])));
        }

        var all = LedgerMark.Of(
        [
            .. Enumerable.Range(0, shards)
                .Select(shard => results.Count(result => result.Position.Shard == shard) - 1L),
        ]);
        foreach (var ledger in ledgers)
        {
            await ledger.WaitPastAsync(all, Cancellation);
        }

        await DisposeAsync(ledgers);
    }

    [Fact]
    public async Task The_same_content_sent_to_two_processes_at_once_is_one_entry()
    {
        var ledgers = await Task.WhenAll(OpenAsync(), OpenAsync());

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            number => ledgers[number % 2].AppendAsync(Draft(number / 2), Cancellation).AsTask()));

        foreach (var pair in results.Chunk(2))
        {
            Assert.Equal(pair[0].Position, pair[1].Position);
            Assert.Equal(pair[0].Receipt, pair[1].Receipt);
            Assert.Single(pair, result => result.Status is AppendStatus.Appended);
        }

        await DisposeAsync(ledgers);
    }

    [Fact]
    public async Task When_every_connection_is_cut_under_load_nothing_is_lost_or_doubled()
    {
        await using var ledger = await OpenAsync();
        using var loaded = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var cutting = CutConnectionsAsync(loaded.Token);

        var results = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => InsistAsync(ledger, number)));
        await loaded.CancelAsync();
        var cuts = await cutting;

        Assert.True(cuts > 0);
        Assert.Equal(2_000, results.Select(result => result.Position).Distinct().Count());
        foreach (var result in results)
        {
            Assert.Equal(
                ReceiptVerdict.Valid, ReceiptVerifier.Verify(result.Receipt!, ledger.PublicKey.Span, []));
        }

        await using var another = await OpenAsync();
        Assert.Equal(2_000 + 16, another.Head.Total + 1);
    }

    [Fact]
    public async Task Reads_whose_connection_is_cut_are_told_as_ones_to_repeat_and_the_next_ones_work()
    {
        await using var ledger = await OpenAsync();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var cutting = CutConnectionsAsync(reading.Token);
        var refused = 0;
        for (var reads = 0; reads < 50_000 && refused < 3; reads++)
        {
            try
            {
                Assert.NotNull(await ledger.ReadAsync(LedgerPosition.Of(0, 0), Cancellation));
            }
            catch (LedgerUnavailableException)
            {
                refused++;
            }
        }

        await reading.CancelAsync();
        Assert.True(await cutting > 0);
        Assert.Equal(3, refused);
    }

    /// <remarks>Trees are kept for receipts; one that was not read must not be.</remarks>
    [Fact]
    public async Task A_receipt_whose_tree_could_not_be_read_is_told_when_it_can_be()
    {
        await using var ledger = await OpenAsync(shards: 1);
        var results = await Task.WhenAll(Enumerable.Range(0, 300)
            .Select(number => ledger.AppendAsync(Draft(number), Cancellation).AsTask()));
        var last = results.MaxBy(result => result.Position.Value)!;
        await RunAsOwnerAsync("ALTER TABLE ledger.nodes RENAME TO away");
        await Assert.ThrowsAsync<PostgresException>(
            async () => await ledger.ReadReceiptAsync(last.Position, Cancellation));

        await RunAsOwnerAsync("ALTER TABLE ledger.away RENAME TO nodes");

        Assert.Equal(last.Receipt, await ledger.ReadReceiptAsync(last.Position, Cancellation));
    }

    private LedgerOptions Options(int shards = 16) => new()
    {
        Engine = LedgerOptions.Postgres,
        Folder = _folder,
        ConnectionString = _database,
        MigrationConnectionString = _database,
        Shards = shards,
        ReopenDelay = TimeSpan.FromMilliseconds(50),
    };

    private Task<PostgresNoteLedger> OpenAsync(int shards = 16) => PostgresNoteLedger.OpenAsync(
        Options(shards), TimeProvider.System, NullLoggerFactory.Instance, Cancellation);

    private static async Task<AppendResult> InsistAsync(PostgresNoteLedger ledger, int number)
    {
        while (true)
        {
            var result = await ledger.AppendAsync(Draft(number), Cancellation);
            if (result.Receipt is not null)
            {
                return result;
            }

            Assert.Contains(result.Status, (AppendStatus[])[AppendStatus.Unavailable, AppendStatus.Overloaded]);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    /// <returns>How many connections were cut until it was told to end.</returns>
    private async Task<int> CutConnectionsAsync(CancellationToken ending)
    {
        var cuts = 0;
        await using var source = NpgsqlDataSource.Create(_database);
        while (!ending.IsCancellationRequested)
        {
            await using var command = source.CreateCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                + "WHERE datname = current_database() AND application_name = 'ecmr-gateway'");
            cuts += (int)(long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, CancellationToken.None);
        }

        return cuts;
    }

    private async Task RunAsOwnerAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static EntryDraft Draft(int number) => new()
    {
        Kind = EntryKind.Note,
        Party = "NL1",
        Id = $"N-{number}",
        RequestId = $"R-{number}",
        Payload = Encoding.UTF8.GetBytes($"payload {number}"),
        ContentSha256 = SHA256.HashData(Encoding.UTF8.GetBytes($"{number}")),
        ReceivedTime = TimeProvider.System.GetUtcNow(),
        Fact = new byte[] { 1 },
        OrderKey = new Pseudonym((UInt128)number),
    };

    private static async Task DisposeAsync(IEnumerable<PostgresNoteLedger> ledgers)
    {
        foreach (var ledger in ledgers)
        {
            await ledger.DisposeAsync();
        }
    }
}
