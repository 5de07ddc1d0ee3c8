using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

/// <summary>A clock that is set wrong, or set right again. Order and proof do not rest on it.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private static readonly int[] HoursOfJumps = [0, -72, 240, -1, 0, -24 * 365, 24 * 365, 2];
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Positions_stay_in_order_and_receipts_verify_whatever_the_clock_does()
    {
        var clock = new FakeTimeProvider(TestLedger.Time);
        var ledger = TestLedger.Open(_folder.Path, clock);
        var told = new List<AppendResult>();
        foreach (var hours in HoursOfJumps)
        {
            clock.AdjustTime(clock.GetUtcNow().AddHours(hours));
            told.Add(await ledger.AppendAsync(Draft(told.Count, clock), Cancellation));

            // A restart under the wrong clock finds what was written under the right one.
            await ledger.DisposeAsync();
            ledger = TestLedger.Open(_folder.Path, clock);
            Assert.Equal(told.Count, ledger.Head[0]);
        }

        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(one => (int)one.Position.Index));
        Assert.All(told, one => Assert.Equal(
            ReceiptVerdict.Valid, ReceiptVerifier.Verify(one.Receipt!, ledger.PublicKey.Span, [])));
        var entries = await ledger.ReadPartyAsync(
            EntryKind.Note, "NL123", LedgerMark.BeforeAll(1), told.Count, Cancellation);
        Assert.Equal(told.Select(one => one.Position), entries.Select(entry => entry.Position));
        await ledger.DisposeAsync();
    }

    [Fact]
    public async Task A_repetition_gives_the_first_receipt_with_the_first_time()
    {
        var clock = new FakeTimeProvider(TestLedger.Time);
        await using var ledger = TestLedger.Open(_folder.Path, clock);
        var first = await ledger.AppendAsync(Draft(1, clock), Cancellation);
        foreach (var days in new[] { -3, 10 })
        {
            clock.AdjustTime(TestLedger.Time.AddDays(days));
            var again = await ledger.AppendAsync(Draft(1, clock), Cancellation);

            Assert.Equal(AppendStatus.AlreadyAppended, again.Status);
            Assert.Equal(first.Receipt, again.Receipt);
        }

        Assert.Equal(TestLedger.Time, (await ledger.ReadAsync(first.Position, Cancellation))!.ReceivedTime);
    }

    private static EntryDraft Draft(int number, TimeProvider clock) =>
        TestLedger.Draft($"N-{number}") with { ReceivedTime = clock.GetUtcNow() };
}
