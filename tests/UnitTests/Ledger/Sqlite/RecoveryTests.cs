using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using EcmrGateway.Ledger.Sqlite;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

/// <summary>What a process finds that starts on the files of one that was killed.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_entry_acknowledged_before_the_kill_is_there_and_verifies()
    {
        using var stop = new CancellationTokenSource();
        var ledger = TestLedger.Open(_folder.File("live"));
        var load = Enumerable.Range(0, 16).Select(caller => AppendUntil(ledger, caller, stop.Token)).ToArray();
        var copies = new List<(string Folder, long Acknowledged)>();
        for (var round = 0; round < 8; round++)
        {
            await ledger.WaitPastAsync(LedgerMark.Of(ledger.Head[0] + 20), Cancellation);
            var copy = _folder.File($"copy-{round}");
            copies.Add((copy, CopyAsKilled(ledger, _folder.File("live"), copy)));
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        await ledger.DisposeAsync();

        foreach (var (folder, acknowledged) in copies)
        {
            await using var recovered = TestLedger.Open(folder);
            Assert.True(recovered.Head[0] >= acknowledged, $"{acknowledged} was told, {recovered.Head} is there.");
            await AssertWholeAsync(recovered);
        }
    }

    [Fact]
    public async Task A_log_that_is_cut_anywhere_leaves_whole_batches()
    {
        var live = _folder.File("live");
        await using var ledger = TestLedger.Open(live);
        for (var number = 0; number < 20; number++)
        {
            await ledger.AppendAsync(TestLedger.Draft($"N-{number}"), Cancellation);
        }

        var full = _folder.File("full");
        CopyAsKilled(ledger, live, full);
        var log = await File.ReadAllBytesAsync(Path.Combine(full, "ledger.db-wal"), Cancellation);
        var heads = new SortedSet<long>();

        // A prime step, so that the cuts fall everywhere in the frames.
        for (var length = 0; length <= log.Length; length += 6_007)
        {
            var cut = _folder.File($"cut-{length}");
            CopyFiles(full, cut);
            await File.WriteAllBytesAsync(Path.Combine(cut, "ledger.db-wal"), log[..length], Cancellation);

            await using var recovered = TestLedger.Open(cut);
            await AssertWholeAsync(recovered);
            heads.Add(recovered.Head[0]);
            var again = await recovered.AppendAsync(TestLedger.Draft("N-0"), Cancellation);
            Assert.NotNull(again.Receipt);
        }

        Assert.True(heads.Count > 5, "The cuts are to leave different numbers of entries.");
    }

    private static async Task AppendUntil(SqliteNoteLedger ledger, int caller, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await ledger.AppendAsync(TestLedger.Draft($"{caller}-{number}"), CancellationToken.None);
        }
    }

    /// <summary>Copies the files as a kill would leave them, while they are written.</summary>
    /// <remarks>
    /// A copy takes time and a kill does not. A snapshot that is held keeps the log from being reused meanwhile, so
    /// that database and log belong together; both may still be cut and half written.
    /// </remarks>
    private static long CopyAsKilled(SqliteNoteLedger ledger, string from, string to)
    {
        using var snapshot = SqliteDatabase.Open(Path.Combine(from, "ledger.db"), readOnly: true);
        snapshot.Execute("BEGIN");
        snapshot.Scalar("SELECT max(position) FROM entries");
        CopyFile(from, to, Path.Combine("keys", "tree-head.key"));
        CopyFile(from, to, "ledger.db");

        // Taken before the log is read: what was told until now must be in what is copied.
        var acknowledged = ledger.Head[0];
        CopyFile(from, to, "ledger.db-wal");
        snapshot.Execute("ROLLBACK");
        return acknowledged;
    }

    private static void CopyFiles(string from, string to)
    {
        CopyFile(from, to, Path.Combine("keys", "tree-head.key"));
        CopyFile(from, to, "ledger.db");
    }

    private static void CopyFile(string from, string to, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
        using var source = new FileStream(
            Path.Combine(from, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var destination = File.Create(Path.Combine(to, name));
        source.CopyTo(destination);
    }

    private static async Task AssertWholeAsync(SqliteNoteLedger ledger)
    {
        var key = ledger.PublicKey.ToArray();
        for (var position = 0L; position <= ledger.Head[0]; position++)
        {
            var entry = await ledger.ReadAsync(new(position), Cancellation);
            var receipt = await ledger.ReadReceiptAsync(new(position), Cancellation);
            Assert.NotNull(entry);
            Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(receipt!, key, entry.ContentSha256.Span));
        }

        Assert.Null(await ledger.ReadAsync(new(ledger.Head[0] + 1), Cancellation));
        var facts = await ledger.ReadFactsAsync(0, -1, 16_384, Cancellation);
        Assert.Equal(Enumerable.Range(1, (int)ledger.Head[0]), facts.Select(fact => (int)fact.Position.Value));
    }
}
