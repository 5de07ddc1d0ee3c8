using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task What_is_erased_is_gone_and_its_place_stays()
    {
        await AppendNewAsync(Note("N-1"));
        var position = await AppendNewAsync(Note("N-2", request: "R-2"));
        var head = Ledger.TreeHeadOf(position.Shard);

        Assert.True(await Ledger.EraseAsync(position, Cancellation));
        await ReopenAsync();

        var entry = await Ledger.FindAsync(EntryKind.Note, "NL1", "N-2", Cancellation);
        Assert.Equal((position, "N-2", true), (entry!.Position, entry.Id, entry.IsErased));
        Assert.True(entry.Payload.IsEmpty);
        Assert.Null(await Ledger.ReadReceiptAsync(position, Cancellation));
        Assert.Equal(head, Ledger.TreeHeadOf(position.Shard));
        Assert.False((await Ledger.FindAsync(EntryKind.Note, "NL1", "N-1", Cancellation))!.IsErased);
    }

    [Fact]
    public async Task An_erased_id_is_never_free_again()
    {
        var draft = Note("N-1", "one", "R-1");
        await Ledger.EraseAsync(await AppendNewAsync(draft), Cancellation);

        foreach (var again in new[] { draft, Note("N-1", "one", "R-2"), Note("N-1", "two", "R-1"), Note("N-1", "two") })
        {
            var answer = new AppendResult(AppendStatus.Erased, LedgerPosition.None, Receipt: null);
            Assert.Equal(answer, await FindAppendedAsync(again));
            Assert.Equal(answer, await AppendAsync(again));
        }

        Assert.Equal(AppendStatus.RequestIdReused, (await AppendAsync(Note("N-2", request: "R-1"))).Status);
    }

    [Fact]
    public async Task Receipts_of_an_erased_entry_and_of_its_neighbours_verify_as_before()
    {
        var erased = (await AppendAsync(Note("N-1"))).Receipt!;
        var neighbour = await AppendAsync(Note("N-2"));

        await Ledger.EraseAsync(LedgerPosition.Of(0, 1), Cancellation);
        var later = await AppendAsync(Note("N-3"));

        Assert.Equal(neighbour.Receipt, await Ledger.ReadReceiptAsync(neighbour.Position, Cancellation));
        foreach (var receipt in new[] { erased, neighbour.Receipt!, later.Receipt! })
        {
            Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(receipt, Ledger.PublicKey.Span, []));
        }
    }

    [Fact]
    public async Task The_fact_of_an_erased_entry_stays()
    {
        var draft = Note("N-1") with { Subjects = [Vehicle(7, minutes: 0)] };
        var position = await AppendNewAsync(draft);

        await Ledger.EraseAsync(position, Cancellation);

        var fact = Assert.Single(await Ledger.ReadFactsAsync(position.Shard, -1, 10, Cancellation));
        Assert.Equal(draft.Fact.ToArray(), fact.Fact.ToArray());
    }

    [Fact]
    public async Task Erasing_again_changes_nothing_and_erasing_nothing_is_told()
    {
        var position = await AppendNewAsync(Note("N-1"));

        Assert.True(await Ledger.EraseAsync(position, Cancellation));
        Assert.True(await Ledger.EraseAsync(position, Cancellation));
        Assert.False(await Ledger.EraseAsync(LedgerPosition.Of(0, 99), Cancellation));
    }
}
