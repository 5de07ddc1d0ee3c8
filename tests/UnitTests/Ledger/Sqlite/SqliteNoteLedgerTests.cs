using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Sqlite;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

public sealed class SqliteNoteLedgerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_opener_of_the_folder_is_refused_while_the_first_is_there()
    {
        await using (TestLedger.Open(_folder.Path))
        {
            var refused = Assert.Throws<LedgerOpenException>(() => TestLedger.Open(_folder.Path));
            Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        }

        await using var second = TestLedger.Open(_folder.Path);
        Assert.Equal(0, second.Head[0]);
    }

    [Theory]
    [InlineData(LedgerSchema.Version + 1, "a newer program")]
    [InlineData(LedgerSchema.Version - 1, "an older program")]
    public async Task Another_schema_is_refused_with_whose_it_is_and_left_as_it_is(int version, string whose)
    {
        await TestLedger.Open(_folder.Path).DisposeAsync();
        Change($"PRAGMA user_version = {version}");
        var before = File.ReadAllBytes(_folder.File("ledger.db"));

        var refused = Assert.Throws<LedgerOpenException>(() => TestLedger.Open(_folder.Path));

        Assert.Contains("ledger.db", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"is of {whose}: it has schema {version}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("ledger.db")));
    }

    [Fact]
    public void A_database_of_something_else_is_refused_and_left_as_it_is()
    {
        Change("CREATE TABLE other (x)");
        var before = File.ReadAllBytes(_folder.File("ledger.db"));

        Assert.Throws<LedgerOpenException>(() => TestLedger.Open(_folder.Path));

        Assert.Equal(before, File.ReadAllBytes(_folder.File("ledger.db")));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(_folder.File("ledger.db"), new string('x', 10_000));

        Assert.Throws<LedgerOpenException>(() => TestLedger.Open(_folder.Path));
    }

    [Fact]
    public async Task Another_signing_key_is_refused()
    {
        await TestLedger.Open(_folder.Path).DisposeAsync();
        File.Delete(_folder.File("keys", "tree-head.key"));

        Assert.Throws<LedgerOpenException>(() => TestLedger.Open(_folder.Path));
    }

    [Theory]
    [InlineData("UPDATE batches SET root = zeroblob(32) WHERE tree_size = 3")]
    [InlineData("UPDATE batches SET leaves = zeroblob(32) WHERE tree_size = 2")]
    [InlineData("UPDATE batches SET signature = zeroblob(64) WHERE tree_size = 3")]
    [InlineData("DELETE FROM batches WHERE tree_size = 3")]
    [InlineData("DELETE FROM entries WHERE position = 2")]
    public async Task A_ledger_that_was_changed_behind_its_back_is_refused(string change)
    {
        await using (var ledger = TestLedger.Open(_folder.Path))
        {
            await ledger.AppendAsync(TestLedger.Draft("N-1"), Cancellation);
            await ledger.AppendAsync(TestLedger.Draft("N-2"), Cancellation);
        }

        Change(change);

        Assert.Throws<LedgerOpenException>(() => TestLedger.Open(_folder.Path));
    }

    [Fact]
    public async Task A_full_queue_is_told_at_once_and_nothing_of_it_is_written()
    {
        var options = new LedgerOptions { Folder = _folder.Path, QueueLengthMax = 1, BatchLengthMax = 1 };
        await using var ledger = TestLedger.Open(options);
        var appends = new List<Task<AppendResult>>();
        using (var other = SqliteDatabase.Open(_folder.File("ledger.db"), readOnly: false))
        {
            // Holds the writer in its transaction: one append with it and one in the queue are all there is room for.
            other.Execute("BEGIN IMMEDIATE");
            while (!appends.Any(append => append.IsCompleted))
            {
                Assert.True(appends.Count < 3);
                appends.Add(ledger.AppendAsync(TestLedger.Draft($"N-{appends.Count}"), Cancellation).AsTask());
            }

            other.Execute("ROLLBACK");
        }

        var results = await Task.WhenAll(appends);

        Assert.Equal(AppendStatus.Overloaded, results[^1].Status);
        Assert.All(results[..^1], result => Assert.Equal(AppendStatus.Appended, result.Status));
        Assert.Null(await ledger.FindAsync(EntryKind.Note, "NL123", $"N-{results.Length - 1}", Cancellation));
    }

    [Fact]
    public async Task What_was_queued_before_closing_is_written_and_what_comes_after_is_told_so()
    {
        var ledger = TestLedger.Open(_folder.Path);
        var appends = Enumerable.Range(0, 200)
            .Select(number => ledger.AppendAsync(TestLedger.Draft($"N-{number}"), Cancellation).AsTask()).ToArray();
        await ledger.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), result => Assert.Equal(AppendStatus.Appended, result.Status));
        var late = await ledger.AppendAsync(TestLedger.Draft("late"), Cancellation);
        Assert.Equal(AppendStatus.Unavailable, late.Status);
    }

    [Fact]
    public async Task A_closed_ledger_is_one_file_and_its_keys()
    {
        await using (var ledger = TestLedger.Open(_folder.Path))
        {
            await ledger.AppendAsync(TestLedger.Draft("N-1"), Cancellation);
            await ledger.ReadAsync(new(1), Cancellation);
        }

        Assert.Equal(
            ["keys", "ledger.db", "ledger.lock"],
            Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_draft_beyond_a_limit_is_a_fault_of_the_caller()
    {
        await using var ledger = TestLedger.Open(_folder.Path);
        var draft = TestLedger.Draft("N-1");
        EntryDraft[] wrong =
        [
            draft with { Party = "" },
            draft with { Party = new('p', DraftLimits.PartyLengthMax + 1) },
            draft with { Id = new('i', DraftLimits.IdLengthMax + 1) },
            draft with { Id = "half\ud800" },
            draft with { RequestId = new('r', DraftLimits.RequestIdLengthMax + 1) },
            draft with { Kind = EntryKind.Genesis },
            draft with { Version = 0 },
            draft with { ContentSha256 = new byte[31] },
            draft with { Payload = new byte[new LedgerOptions().PayloadBytesMax + 1] },
            draft with { Fact = new byte[DraftLimits.FactBytesMax + 1] },
            draft with { Fact = ReadOnlyMemory<byte>.Empty },
            draft with { Subjects = [.. Enumerable.Repeat(draft.Subjects[0], DraftLimits.SubjectsMax + 1)] },
        ];

        foreach (var one in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await ledger.AppendAsync(one, Cancellation));
        }

        Assert.Equal(0, ledger.Head[0]);
    }

    private void Change(string sql)
    {
        using var database = SqliteDatabase.Open(_folder.File("ledger.db"), readOnly: false);
        database.Execute(sql);
    }
}
