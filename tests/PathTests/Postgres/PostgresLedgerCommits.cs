using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Ledger.Receipts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>What comes while a batch is being written is the next one: all of it in one transaction.</summary>
public sealed partial class PostgresLedgerTests
{
    private const int CommitShards = 8;

    [Fact]
    public async Task A_batch_on_all_shards_is_one_transaction()
    {
        await using var ledger = await OpenWritingAsync();

        var results = await AppendTogetherAsync(ledger, [.. Enumerable.Range(0, 40).Select(number => Draft(number))]);

        Assert.All(results, result => AssertAppended(result, ledger));
        Assert.Equal(CommitShards, results.Select(result => result.Position.Shard).Distinct().Count());
        Assert.Equal(1, await TransactionsAsync("id LIKE 'N-%'"));
    }

    [Fact]
    public async Task What_is_there_already_keeps_nothing_else_of_its_batch_back()
    {
        await using var ledger = await OpenWritingAsync();
        var earlier = await ledger.AppendAsync(Draft(3), Cancellation);

        var results = await AppendTogetherAsync(
            ledger, [.. Enumerable.Range(0, 40).Select(number => Draft(number)), DraftOf(7, "other", shard: 7)]);

        Assert.Equal(
            (AppendStatus.AlreadyAppended, earlier.Receipt), (results[3].Status, results[3].Receipt));
        Assert.Equal(AppendStatus.ContentDiffers, results[40].Status);
        Assert.All(results.Where((_, number) => number is not 3 and not 40), result => AssertAppended(result, ledger));
        Assert.Equal(2, await TransactionsAsync("id LIKE 'N-%'"));
    }

    [Fact]
    public async Task A_batch_is_written_again_whose_shard_another_process_has_written()
    {
        await using var ledger = await OpenWritingAsync();
        await using var another = await OpenWritingAsync();
        AssertAppended(await ledger.AppendAsync(DraftOf(1_001, "", shard: 1), Cancellation), ledger);
        AssertAppended(await another.AppendAsync(DraftOf(1_002, "", shard: 1), Cancellation), ledger);

        var results = await AppendTogetherAsync(ledger, [.. Enumerable.Range(0, 40).Select(number => Draft(number))]);

        Assert.All(results, result => AssertAppended(result, ledger));
        Assert.Equal(1, await TransactionsAsync("octet_length(id) <= 4"));
    }

    /// <remarks>
    /// One has the even ids in a shard before that of the odd ones, the other after it. Were they written by shard,
    /// each would wait for ids that the other has written, and the server would end one of the two.
    /// </remarks>
    [Fact]
    public async Task Processes_with_the_same_ids_in_other_shards_do_not_wait_for_each_other()
    {
        var ledgers = await Task.WhenAll(OpenWritingAsync(connections: 4), OpenWritingAsync(connections: 4));
        int[][] shards = [[0, 4], [5, 1]];

        var results = await AppendTogetherAsync(
            ledgers,
            [
                .. Enumerable.Range(0, 400).Select(number => (
                    number % 2, DraftOf(number / 2, $"of {number % 2}", shards[number % 2][number / 2 % 2]))),
            ]);

        Assert.All(results.Chunk(2), pair => Assert.Equal(
            [AppendStatus.Appended, AppendStatus.ContentDiffers], pair.Select(result => result.Status).Order()));
        await Task.WhenAll(ledgers.Select(ledger => ledger.DisposeAsync().AsTask()));
    }

    private Task<AppendResult[]> AppendTogetherAsync(PostgresNoteLedger ledger, EntryDraft[] drafts) =>
        AppendTogetherAsync([ledger], [.. drafts.Select(draft => (0, draft))]);

    /// <summary>Keeps the writers busy with a note of their own until all are queued.</summary>
    /// <param name="drafts">Each with the number of the ledger that is given it; on shards of one writer of it.</param>
    private async Task<AppendResult[]> AppendTogetherAsync(
        PostgresNoteLedger[] ledgers, (int Ledger, EntryDraft Draft)[] drafts)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var held = new NpgsqlCommand("SELECT FROM ledger.shards FOR UPDATE", connection))
        {
            await held.ExecuteNonQueryAsync(Cancellation);
        }

        var firsts = ledgers.Select((ledger, number) =>
        {
            var sample = drafts.First(append => append.Ledger == number).Draft;
            return ledger.AppendAsync(sample with { Id = $"first of {number}", RequestId = "" }, Cancellation).AsTask();
        }).ToList();
        while (await CountAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
            < ledgers.Length)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }

        var appends = drafts
            .Select(append => ledgers[append.Ledger].AppendAsync(append.Draft, Cancellation).AsTask()).ToList();
        await transaction.CommitAsync(Cancellation);
        Assert.All(await Task.WhenAll(firsts), first => AssertAppended(first, ledgers[0]));
        return await Task.WhenAll(appends);
    }

    private static void AssertAppended(AppendResult result, PostgresNoteLedger ledger)
    {
        Assert.Equal(AppendStatus.Appended, result.Status);
        Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(result.Receipt!, ledger.PublicKey.Span, []));
    }

    private Task<PostgresNoteLedger> OpenWritingAsync(int connections = 1) => PostgresNoteLedger.OpenAsync(
        Options(CommitShards) with { WriteConnections = connections }, TimeProvider.System,
        NullLoggerFactory.Instance, Cancellation);

    /// <summary>How many transactions have written some entries.</summary>
    private Task<long> TransactionsAsync(string which) =>
        CountAsync($"SELECT count(DISTINCT xmin::text) FROM ledger.entries WHERE {which}");

    private async Task<long> CountAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <param name="shard">Which the order key leads to, when it is divided by how many there are.</param>
    private static EntryDraft DraftOf(int number, string content, int shard) => Draft(number) with
    {
        RequestId = $"R-{number} {content}",
        ContentSha256 = SHA256.HashData(Encoding.UTF8.GetBytes($"{number} {content}")),
        OrderKey = new Pseudonym((UInt128)shard),
    };
}
