using EcmrGateway.Ledger;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task What_would_be_new_is_not_found_and_is_not_written()
    {
        Assert.Null(await FindAppendedAsync(Note("N-1", request: "R-1")));
        Assert.Equal(0, Ledger.Head[0]);
    }

    [Fact]
    public async Task An_append_is_foretold_as_it_would_be_answered()
    {
        var first = await AppendAsync(Note("N-1", "one", "R-1"));
        await AppendNewAsync(Note("N-2", "one", "R-2"));

        EntryDraft[] drafts =
        [
            Note("N-1", "one", "R-1"), Note("N-1", "one", "R-2"), Note("N-1", "one"), Note("N-1", "two", "R-1"),
            Note("N-1", "two", "R-3"), Note("N-1", "two"), Note("N-3", "one", "R-1"),
        ];
        foreach (var draft in drafts)
        {
            Assert.Equal(await FindAppendedAsync(draft), await AppendAsync(draft));
        }

        Assert.Equal(first.Receipt, (await FindAppendedAsync(drafts[0]))!.Receipt);
        Assert.Equal(2, Ledger.Head[0]);
    }

    [Fact]
    public async Task What_another_party_appended_is_not_found()
    {
        await AppendNewAsync(Note("N-1", request: "R-1", party: "NL1"));

        Assert.Null(await FindAppendedAsync(Note("N-1", request: "R-1", party: "NL2")));
        Assert.Null(await Ledger.FindAsync(EntryKind.Note, "NL2", "N-1", Cancellation));
    }

    [Fact]
    public async Task An_entry_is_read_as_it_was_appended()
    {
        var draft = Note("N-1");
        var position = await AppendNewAsync(draft);

        LedgerEntry?[] entries =
        [
            await Ledger.ReadAsync(position, Cancellation),
            await Ledger.FindAsync(draft.Kind, "NL1", "N-1", Cancellation),
        ];
        foreach (var entry in entries)
        {
            Assert.Equal(position, entry!.Position);
            Assert.Equal(
                (draft.Kind, draft.Party, draft.Id, draft.Version),
                (entry.Kind, entry.Party, entry.Id, entry.Version));
            Assert.Equal(draft.Payload.ToArray(), entry.Payload.ToArray());
            Assert.Equal(draft.ContentSha256.ToArray(), entry.ContentSha256.ToArray());
            Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero), entry.ReceivedTime);
        }
    }

    [Fact]
    public async Task A_payload_may_be_empty_or_large()
    {
        var large = new byte[3_000_000];
        new Random(7).NextBytes(large);
        await AppendNewAsync(Note("empty") with { Payload = ReadOnlyMemory<byte>.Empty });
        await AppendNewAsync(Note("large") with { Payload = large });

        Assert.Equal(0, (await Ledger.ReadAsync(new(1), Cancellation))!.Payload.Length);
        Assert.Equal(large, (await Ledger.ReadAsync(new(2), Cancellation))!.Payload.ToArray());
    }

    [Fact]
    public async Task Nothing_is_read_where_there_is_no_entry()
    {
        Assert.Null(await Ledger.ReadAsync(new(1), Cancellation));
        Assert.Null(await Ledger.ReadAsync(LedgerPosition.None, Cancellation));
        Assert.Null(await Ledger.ReadReceiptAsync(new(1), Cancellation));
        Assert.Null(await Ledger.FindAsync(EntryKind.Note, "NL1", "N-1", Cancellation));
    }

    [Fact]
    public async Task A_party_reads_its_own_entries_of_a_kind_page_by_page()
    {
        for (var number = 1; number <= 9; number++)
        {
            await AppendNewAsync(Note($"N-{number}", party: $"NL{number % 2}"));
        }

        await AppendNewAsync(Note("O-1", party: "NL1") with { Kind = EntryKind.Outcome });

        var first = await Ledger.ReadPartyAsync(EntryKind.Note, "NL1", Beginning, 3, Cancellation);
        var second = await Ledger.ReadPartyAsync(
            EntryKind.Note, "NL1", Beginning.With(first[^1].Position), 3, Cancellation);

        Assert.Equal(["N-1", "N-3", "N-5"], first.Select(entry => entry.Id));
        Assert.Equal(["N-7", "N-9"], second.Select(entry => entry.Id));
        Assert.Empty(await Ledger.ReadPartyAsync(EntryKind.Note, "NL3", Beginning, 3, Cancellation));
    }

    [Fact]
    public async Task Everything_is_there_after_opening_again()
    {
        var draft = Note("N-1", request: "R-1") with { Subjects = [Vehicle(1, 0)] };
        await AppendNewAsync(draft);
        var head = Ledger.TreeHeadOf(0);
        var key = Ledger.PublicKey.ToArray();

        await ReopenAsync();

        Assert.Equal(1, Ledger.Head[0]);
        Assert.Equal(head, Ledger.TreeHeadOf(0));
        Assert.Equal(key, Ledger.PublicKey.ToArray());
        Assert.NotNull(await Ledger.FindAsync(EntryKind.Note, "NL1", "N-1", Cancellation));
        Assert.Single(await ReadVehicleAsync(1));
        Assert.Equal(2, (await AppendNewAsync(Note("N-2"))).Value);
    }

    private async Task<AppendResult?> FindAppendedAsync(EntryDraft draft) => await Ledger.FindAppendedAsync(
        draft.Kind, draft.Party, draft.Id, draft.RequestId, draft.ContentSha256, Cancellation);
}
