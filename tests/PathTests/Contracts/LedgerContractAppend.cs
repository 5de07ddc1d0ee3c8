using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_new_ledger_holds_the_genesis_entry_alone()
    {
        Assert.Equal(0, Ledger.Head[0]);
        Assert.Equal(-1, Ledger.FactHead[0]);
        Assert.Equal(1UL, Ledger.TreeHeadOf(0).TreeSize);
        Assert.True(Ledger.IsWritable);
        Assert.Equal(EntryKind.Genesis, (await Ledger.ReadAsync(new(0), Cancellation))!.Kind);
        Assert.Empty(await Ledger.ReadFactsAsync(0, -1, 10, Cancellation));
    }

    [Fact]
    public async Task Positions_are_given_in_order_from_one_and_without_gaps()
    {
        for (var number = 1; number <= 20; number++)
        {
            Assert.Equal(number, (await AppendNewAsync(Note($"N-{number}"))).Value);
            Assert.Equal(number, Ledger.Head[0]);
        }
    }

    [Fact]
    public async Task The_fact_head_is_the_newest_entry_with_a_fact_and_is_found_again()
    {
        var fact = await AppendNewAsync(Note("N-1"));
        await AppendNewAsync(Note("N-2") with { Fact = default });

        Assert.Equal(fact.Index, Ledger.FactHead[0]);
        await ReopenAsync();
        Assert.Equal(fact.Index, Ledger.FactHead[0]);
        Assert.Equal(fact.Value + 2, (await AppendNewAsync(Note("N-3"))).Value);
        Assert.Equal(Ledger.Head[0], Ledger.FactHead[0]);
    }

    [Fact]
    public async Task The_same_content_again_gives_the_first_receipt_byte_for_byte()
    {
        var first = await AppendAsync(Note("N-1", request: "R-1"));
        await AppendNewAsync(Note("N-2", request: "R-2"));

        var again = await AppendAsync(Note("N-1", request: "R-1"));
        await ReopenAsync();
        var later = await AppendAsync(Note("N-1", request: "another"));

        Assert.Equal(AppendStatus.AlreadyAppended, again.Status);
        Assert.Equal(AppendStatus.AlreadyAppended, later.Status);
        Assert.Equal(first.Position, again.Position);
        Assert.Equal(first.Receipt, again.Receipt);
        Assert.Equal(first.Receipt, later.Receipt);
        Assert.Equal(2, Ledger.Head[0]);
    }

    [Fact]
    public async Task The_first_entry_stays_as_it_was_when_the_same_content_comes_with_another_payload()
    {
        await AppendNewAsync(Note("N-1"));

        await AppendAsync(Note("N-1") with { Payload = new byte[3], ReceivedTime = Received.AddDays(1) });

        var entry = await Ledger.ReadAsync(new(1), Cancellation);
        Assert.Equal(Note("N-1").Payload.ToArray(), entry!.Payload.ToArray());
        Assert.Equal(Received.ToUnixTimeMilliseconds(), entry.ReceivedTime.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_a_conflict()
    {
        await AppendNewAsync(Note("N-1", "one", "R-1"));

        var result = await AppendAsync(Note("N-1", "two", "R-2"));

        Assert.Equal(new(AppendStatus.ContentDiffers, LedgerPosition.None, null), result);
        Assert.Equal(1, Ledger.Head[0]);
    }

    [Fact]
    public async Task A_request_id_used_for_other_content_is_a_conflict()
    {
        await AppendNewAsync(Note("N-1", request: "R-1"));
        await AppendNewAsync(Note("N-2", "one", "R-2"));

        // For a new id, for an id that is there with other content, and for the id it was used for.
        EntryDraft[] reused = [Note("N-3", request: "R-1"), Note("N-2", "two", "R-1"), Note("N-2", "two", "R-2")];
        foreach (var draft in reused)
        {
            Assert.Equal(
                new(AppendStatus.RequestIdReused, LedgerPosition.None, null), await AppendAsync(draft));
        }

        Assert.Equal(2, Ledger.Head[0]);
    }

    [Fact]
    public async Task What_was_refused_leaves_its_ids_free()
    {
        await AppendNewAsync(Note("N-1", "one", "R-1"));
        await AppendAsync(Note("N-2", request: "R-1"));
        await AppendAsync(Note("N-1", "two", "R-2"));

        await AppendNewAsync(Note("N-2", request: "R-2"));
    }

    [Fact]
    public async Task The_same_content_is_told_before_a_request_id_that_was_used_otherwise()
    {
        await AppendNewAsync(Note("N-1", request: "R-1"));
        await AppendNewAsync(Note("N-2", request: "R-2"));

        Assert.Equal(AppendStatus.AlreadyAppended, (await AppendAsync(Note("N-1", request: "R-2"))).Status);
    }

    [Fact]
    public async Task A_request_id_of_a_repetition_is_kept_too()
    {
        await AppendNewAsync(Note("N-1", request: "R-1"));
        await AppendAsync(Note("N-1", request: "R-2"));
        await ReopenAsync();

        Assert.Equal(AppendStatus.RequestIdReused, (await AppendAsync(Note("N-2", request: "R-2"))).Status);
    }

    [Fact]
    public async Task Without_request_ids_the_id_alone_makes_it_repeatable()
    {
        await AppendNewAsync(Note("N-1"));
        await AppendNewAsync(Note("N-2"));

        Assert.Equal(AppendStatus.AlreadyAppended, (await AppendAsync(Note("N-1"))).Status);
    }

    [Fact]
    public async Task Ids_and_request_ids_of_other_parties_do_not_matter()
    {
        await AppendNewAsync(Note("N-1", "one", "R-1", party: "NL1"));
        await AppendNewAsync(Note("N-1", "two", "R-1", party: "NL2"));
    }

    [Fact]
    public async Task Ids_of_other_kinds_of_entries_do_not_matter()
    {
        await AppendNewAsync(Note("X-1", "one"));
        await AppendNewAsync(Note("X-1", "two") with { Kind = EntryKind.Outcome });
    }

    [Fact]
    public async Task Ids_are_told_apart_by_case_and_hold_any_character()
    {
        await AppendNewAsync(Note("n-1"));
        await AppendNewAsync(Note("N-1"));
        await AppendNewAsync(Note("\u00e9\"\\\n\0", party: "party\u20ac"));

        var found = await Ledger.FindAsync(EntryKind.Note, "party\u20ac", "\u00e9\"\\\n\0", Cancellation);
        Assert.Equal("\u00e9\"\\\n\0", found!.Id);
        Assert.Equal("party\u20ac", found.Party);
    }

    /// <remarks>Who did not hear the answers sends all of them again.</remarks>
    [Fact]
    public async Task Many_that_come_again_at_once_are_answered_with_their_first_receipts()
    {
        List<AppendResult> first = [];
        for (var round = 0; round < 3; round++)
        {
            first.AddRange(await Task.WhenAll(Enumerable.Range(round * 300, 300)
                .Select(number => Task.Run(() => AppendAsync(Note($"N-{number}", request: $"R-{number}"))))));
        }

        await ReopenAsync();
        var again = await Task.WhenAll(Enumerable.Range(0, first.Count).Select(number => Task.Run(
            () => AppendAsync(Note($"N-{number}", request: number % 2 == 0 ? $"R-{number}" : $"again-{number}")))));

        Assert.All(again, result => Assert.Equal(AppendStatus.AlreadyAppended, result.Status));
        Assert.Equal(first.Select(result => result.Receipt), again.Select(result => result.Receipt));
        Assert.Equal(
            AppendStatus.RequestIdReused, (await AppendAsync(Note("other", request: "again-899"))).Status);
        Assert.Equal(first.Count, Ledger.Head[0]);
    }

    [Fact]
    public async Task A_hundred_first_submissions_at_once_make_one_entry_and_equal_receipts()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => AppendAsync(Note("N-1", request: "R-1")))));

        Assert.Single(results, result => result.Status is AppendStatus.Appended);
        Assert.Equal(99, results.Count(result => result.Status is AppendStatus.AlreadyAppended));
        Assert.All(results, result => Assert.Equal(results[0].Receipt, result.Receipt));
        Assert.Equal(1, Ledger.Head[0]);
    }

    [Fact]
    public async Task Of_a_hundred_contents_for_one_id_at_once_one_is_taken()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(number => Task.Run(() => AppendAsync(Note("N-1", $"{number}", $"R-{number}")))));

        Assert.Single(results, result => result.Status is AppendStatus.Appended);
        Assert.Equal(99, results.Count(result => result.Status is AppendStatus.ContentDiffers));
        Assert.Equal(1, Ledger.Head[0]);
    }

    [Fact]
    public async Task Many_at_once_all_get_a_position_of_their_own_and_a_receipt_that_verifies()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(number => Task.Run(() => AppendAsync(Note($"N-{number}")))));

        Assert.Equal(Enumerable.Range(1, 500), results.Select(result => (int)result.Position.Value).Order());
        Assert.All(results, result => Assert.Equal(
            ReceiptVerdict.Valid, ReceiptVerifier.Verify(result.Receipt!, Ledger.PublicKey.Span, [])));
        Assert.Equal(501UL, Ledger.TreeHeadOf(0).TreeSize);
    }

    [Fact]
    public async Task Who_cancelled_before_asking_appends_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Ledger.AppendAsync(Note("N-1"), cancelled.Token));

        Assert.Equal(0, Ledger.Head[0]);
    }
}
