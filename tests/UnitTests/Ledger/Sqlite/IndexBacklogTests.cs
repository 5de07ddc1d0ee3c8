using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Sqlite;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

public sealed class IndexBacklogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_log_holds_no_more_than_what_the_tables_do_not_and_both_together_hold_everything()
    {
        const int Length = 64;
        const int Appends = 1000;
        await using var ledger = TestLedger.Open(
            new LedgerOptions { Folder = _folder.Path, IndexBacklogLength = Length, BatchLengthMax = 7 });
        for (var from = 0; from < Appends; from += 50)
        {
            await Task.WhenAll(Enumerable.Range(from, 50)
                .Select(number => ledger.AppendAsync(TestLedger.Draft($"N-{number}"), Cancellation).AsTask()));
        }

        using var database = SqliteDatabase.Open(_folder.File("ledger.db"), readOnly: true);
        var indexed = database.Scalar("SELECT value FROM meta WHERE name = 'indexed'");
        var log = new LedgerQueries(database, new IndexBacklog()).ReadIndexLog();

        Assert.True(indexed > 0, "Something is to be merged in the course of the test.");
        Assert.Equal(
            Enumerable.Range((int)indexed + 1, Appends - (int)indexed), log.Select(entry => (int)entry.Position));
        var ids = database.Scalar("SELECT count(*) FROM ids");
        Assert.True(ids >= indexed + 1 && ids <= Appends + 1);
        Assert.Equal(ids, database.Scalar("SELECT count(DISTINCT position) FROM ids"));
    }

    [Fact]
    public async Task A_log_without_a_batch_is_refused()
    {
        await using (var ledger = TestLedger.Open(_folder.Path))
        {
            await ledger.AppendAsync(TestLedger.Draft("N-1"), Cancellation);
            await ledger.AppendAsync(TestLedger.Draft("N-2"), Cancellation);
        }

        using (var database = SqliteDatabase.Open(_folder.File("ledger.db"), readOnly: false))
        {
            database.Execute("DELETE FROM index_log WHERE tree_size = 2");
        }

        Assert.Throws<LedgerOpenException>(() => TestLedger.Open(_folder.Path));
    }

    [Fact]
    public void Entries_are_read_from_the_log_as_they_were_written()
    {
        IndexEntry[] entries =
        [
            new(7, 1, EntryKind.Note, "N-1\u20ac", "R-1", [new(SubjectKind.Carrier, UInt128.MaxValue, -5)]),
            new(8, long.MaxValue, EntryKind.Access, "", "", []),
        ];
        using var log = new IndexLog();

        var read = IndexLog.Read(log.Write([.. entries]).ToArray(), end: 9);

        Assert.Equal(
            entries.Select(entry => entry with { Subjects = [] }), read.Select(entry => entry with { Subjects = [] }));
        Assert.Equal(entries.SelectMany(entry => entry.Subjects), read.SelectMany(entry => entry.Subjects));
    }

    [Fact]
    public void A_generation_is_found_until_it_is_merged_and_the_next_waits_for_that()
    {
        var backlog = new IndexBacklog();
        backlog.Publish([Entry(1)]);
        backlog.Publish([Entry(2)]);

        Assert.Null(backlog.TryFreeze(3));
        Assert.Equal([1L, 2L], backlog.TryFreeze(2)!.Select(entry => entry.Position));
        backlog.Publish([Entry(3), Entry(4)]);
        Assert.Null(backlog.TryFreeze(2));
        Assert.Equal(1, backlog.FindId(Entry(1).IdKey));
        Assert.Equal([1L, 2L, 3L, 4L], backlog.OfParty(1, EntryKind.Note, after: 0, limit: 10));
        Assert.Equal([2L, 3L], backlog.OfParty(1, EntryKind.Note, after: 1, limit: 1));

        backlog.DropMerged();

        Assert.Null(backlog.FindId(Entry(1).IdKey));
        Assert.Equal(3, backlog.FindRequest(Entry(3).RequestKey));
        Assert.NotNull(backlog.TryFreeze(2));
    }

    [Fact]
    public void A_subject_s_places_are_the_latest_of_both_generations()
    {
        var backlog = new IndexBacklog();
        SubjectTime At(int time) => new(SubjectKind.Vehicle, 5, time);
        backlog.Publish([Entry(1) with { Subjects = [At(30)] }, Entry(2) with { Subjects = [At(10)] }]);
        backlog.TryFreeze(2);
        backlog.Publish([Entry(3) with { Subjects = [At(20)] }, Entry(4) with { Subjects = [At(30)] }]);
        var key = new SubjectKey(SubjectKind.Vehicle, 5, EntryKind.Note);

        Assert.Equal([4, 1, 3], backlog.OfSubject(key, 0, limit: 3).Select(place => place.Position));
        Assert.Equal([4, 1], backlog.OfSubject(key, 21, limit: 3).Select(place => place.Position));
        Assert.Empty(backlog.OfSubject(key with { Subject = 6 }, 0, limit: 3));
    }

    private static IndexEntry Entry(long position) =>
        new(position, 1, EntryKind.Note, $"N-{position}", $"R-{position}", []);
}
