using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Ledger.Receipts;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task Every_shard_begins_with_an_entry_of_its_own()
    {
        for (var shard = 0; shard < Ledger.ShardCount; shard++)
        {
            Assert.Equal(0, Ledger.Head[shard]);
            Assert.Equal(1UL, Ledger.TreeHeadOf(shard).TreeSize);
            Assert.Equal(
                EntryKind.Genesis, (await Ledger.ReadAsync(LedgerPosition.Of(shard, 0), Cancellation))!.Kind);
        }
    }

    [Fact]
    public async Task Entries_of_one_order_key_are_in_one_shard_and_the_keys_in_all()
    {
        var shards = new HashSet<int>();
        for (var number = 0; number < 3 * Ledger.ShardCount; number++)
        {
            var first = await AppendNewAsync(Keyed($"A-{number}", number));
            var second = await AppendNewAsync(Keyed($"B-{number}", number));

            Assert.Equal(first.Shard, second.Shard);
            Assert.True(first.Index < second.Index);
            shards.Add(first.Shard);
        }

        Assert.Equal(Enumerable.Range(0, Ledger.ShardCount), shards.Order());
    }

    [Fact]
    public async Task Without_an_order_key_the_entries_of_a_party_are_in_one_shard()
    {
        var first = await AppendNewAsync(Note("N-1") with { OrderKey = null });
        var second = await AppendNewAsync(Note("N-2") with { OrderKey = null });

        Assert.Equal(first.Shard, second.Shard);
    }

    [Fact]
    public async Task Receipts_of_all_shards_verify_with_the_one_key_and_are_found_again()
    {
        var results = new List<AppendResult>();
        for (var number = 0; number < 2 * Ledger.ShardCount; number++)
        {
            results.Add(await AppendAsync(Keyed($"N-{number}", number)));
        }

        await ReopenAsync();
        foreach (var result in results)
        {
            Assert.Equal(
                ReceiptVerdict.Valid, ReceiptVerifier.Verify(result.Receipt!, Ledger.PublicKey.Span, []));
            Assert.Equal((ulong)result.Position.Index, result.Receipt!.LeafIndex);
            Assert.Equal(result.Receipt, await Ledger.ReadReceiptAsync(result.Position, Cancellation));
        }
    }

    [Fact]
    public async Task An_id_is_one_whatever_the_shard()
    {
        var first = await AppendAsync(Keyed("N-1", 0, "one"));

        var again = await AppendAsync(Keyed("N-1", 1, "one"));
        var other = await AppendAsync(Keyed("N-1", 2, "two"));

        Assert.Equal(AppendStatus.AlreadyAppended, again.Status);
        Assert.Equal(first.Receipt, again.Receipt);
        Assert.Equal(AppendStatus.ContentDiffers, other.Status);
    }

    [Fact]
    public async Task A_request_id_is_one_whatever_the_shard()
    {
        await AppendNewAsync(Keyed("N-1", 0) with { RequestId = "R-1" });

        var reused = await AppendAsync(Keyed("N-2", 1) with { RequestId = "R-1" });

        Assert.Equal(AppendStatus.RequestIdReused, reused.Status);
    }

    [Fact]
    public async Task Of_many_contents_for_one_id_in_many_shards_at_once_one_is_taken()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64)
            .Select(number => Task.Run(() => AppendAsync(Keyed("N-1", number, $"{number}")))));

        Assert.Single(results, result => result.Status is AppendStatus.Appended);
        Assert.Equal(63, results.Count(result => result.Status is AppendStatus.ContentDiffers));
    }

    [Fact]
    public async Task Who_follows_a_party_by_marks_gets_every_entry_once()
    {
        var appended = new HashSet<string>();
        var followed = new List<string>();
        var after = Beginning;
        for (var number = 0; number < 50; number++)
        {
            await AppendNewAsync(Keyed($"N-{number}", number * 7));
            appended.Add($"N-{number}");
            foreach (var entry in await Ledger.ReadPartyAsync(EntryKind.Note, "NL1", after, 3, Cancellation))
            {
                followed.Add(entry.Id);
                after = after.With(entry.Position);
            }
        }

        Assert.Equal(50, followed.Count);
        Assert.Equal(appended, followed.ToHashSet());
    }

    [Fact]
    public async Task A_subject_has_its_facts_of_all_shards()
    {
        for (var number = 0; number < 20; number++)
        {
            await AppendNewAsync(Keyed($"N-{number}", number) with { Subjects = [Vehicle(1, minutes: number)] });
        }

        var facts = await Ledger.ReadSubjectAsync(
            new(SubjectKind.Vehicle, new Pseudonym(1), EntryKind.Note, Since: null, Limit: 20), Cancellation);

        Assert.Equal(
            Enumerable.Range(0, 20).Reverse(),
            facts.Select(fact => Ecmr.Facts.V1.Fact.Parser.ParseFrom(fact.Fact.Span).Note.WarningCodes.Count));
    }

    /// <param name="key">Order key, and the number of warnings in the fact.</param>
    private static EntryDraft Keyed(string id, int key, string content = "")
    {
        var fact = new Ecmr.Facts.V1.Fact { Note = new() };
        fact.Note.WarningCodes.AddRange(Enumerable.Repeat("CMR-001", key));
        return Note(id, content) with
        {
            OrderKey = new Pseudonym((UInt128)key),
            Fact = Google.Protobuf.MessageExtensions.ToByteArray(fact),
        };
    }
}
