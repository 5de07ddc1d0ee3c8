using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task Facts_are_read_as_recorded_in_the_order_of_positions()
    {
        for (var number = 1; number <= 6; number++)
        {
            await AppendNewAsync(Note($"N-{number}"));
        }

        var facts = await Ledger.ReadFactsAsync(0, 2, 3, Cancellation);

        Assert.Equal([3, 4, 5], facts.Select(fact => fact.Position.Value));
        Assert.Equal(Note("N-3").Fact.ToArray(), facts[0].Fact.ToArray());
        Assert.Equal(Note("N-3").TraceParent, facts[0].TraceParent);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero), facts[0].ReceivedTime);
    }

    [Fact]
    public async Task Facts_are_read_backward_newest_first()
    {
        for (var number = 1; number <= 6; number++)
        {
            await AppendNewAsync(Note($"N-{number}"));
        }

        Assert.Equal([6, 5], await BackwardAsync(long.MaxValue, 2));
        Assert.Equal([4, 3, 2], await BackwardAsync(5, 3));
        Assert.Empty(await BackwardAsync(1, 3));

        async Task<IEnumerable<long>> BackwardAsync(long before, int limit) =>
            (await Ledger.ReadFactsBackwardAsync(0, before, limit, Cancellation)).Select(fact => fact.Position.Value);
    }

    [Fact]
    public async Task An_entry_without_a_fact_is_left_out()
    {
        await AppendNewAsync(Note("A-1") with { Kind = EntryKind.Access, Fact = ReadOnlyMemory<byte>.Empty });
        await AppendNewAsync(Note("N-1") with { TraceParent = "" });

        var fact = Assert.Single(await Ledger.ReadFactsAsync(0, -1, 10, Cancellation));
        Assert.Equal(2, fact.Position.Value);
        Assert.Equal("", fact.TraceParent);
    }

    [Fact]
    public async Task A_subject_has_its_facts_by_event_time_latest_first()
    {
        await AppendNewAsync(Note("N-1") with { Subjects = [Vehicle(1, minutes: 5)] });
        await AppendNewAsync(Note("N-2") with { Subjects = [Vehicle(1, minutes: 9), Vehicle(2, minutes: 1)] });
        await AppendNewAsync(Note("N-3") with { Subjects = [Vehicle(1, minutes: 5)] });
        await AppendNewAsync(Note("N-4") with { Subjects = [Vehicle(1, minutes: -7)] });

        Assert.Equal([2, 3, 1, 4], await ReadVehicleAsync(1));
        Assert.Equal([2], await ReadVehicleAsync(2));
        Assert.Empty(await ReadVehicleAsync(3));
    }

    [Fact]
    public async Task A_subject_s_facts_are_cut_by_limit_and_by_event_time()
    {
        for (var number = 1; number <= 6; number++)
        {
            await AppendNewAsync(Note($"N-{number}") with { Subjects = [Vehicle(1, minutes: number)] });
        }

        Assert.Equal([6, 5], await ReadVehicleAsync(1, limit: 2));
        Assert.Equal([6, 5, 4], await ReadVehicleAsync(1, since: Received.AddMinutes(4)));
        Assert.Equal([6, 5], await ReadVehicleAsync(1, since: Received.AddMinutes(4).AddMilliseconds(1)));
    }

    [Fact]
    public async Task A_vehicle_has_the_notes_in_which_it_is_the_first_and_those_in_which_it_is_not()
    {
        await AppendNewAsync(Note("N-1") with { Subjects = [Vehicle(1, minutes: 5), Vehicle(2, minutes: 6)] });
        await AppendNewAsync(Note("N-2") with { Subjects = [Vehicle(2, minutes: 6)] });
        await AppendNewAsync(Note("N-3") with { Subjects = [Vehicle(1, minutes: 1), Vehicle(2, minutes: 2)] });
        await AppendNewAsync(Note("N-4") with { Subjects = [Vehicle(2, minutes: 4)] });

        Assert.Equal([2, 1, 4, 3], await ReadVehicleAsync(2));
        Assert.Equal([2, 1, 4], await ReadVehicleAsync(2, limit: 3));
        Assert.Equal([2, 1, 4], await ReadVehicleAsync(2, since: Received.AddMinutes(4)));
        Assert.Equal([1, 3], await ReadVehicleAsync(1));
    }

    [Fact]
    public async Task A_consignor_has_its_notes_whatever_the_event_time()
    {
        FactSubject At(int minutes) => new(SubjectKind.Consignor, new Pseudonym(7), Received.AddMinutes(minutes));
        await AppendNewAsync(Note("N-1") with { Subjects = [At(0)] });
        await AppendNewAsync(Note("N-2") with { Subjects = [Vehicle(7, minutes: 9), At(3)] });
        await AppendNewAsync(Note("N-3") with { Subjects = [Vehicle(7, minutes: 8), At(0)] });

        var read = new SubjectRead(SubjectKind.Consignor, new Pseudonym(7), EntryKind.Note, Since: null, Limit: 10);
        var found = Assert.Single(await Ledger.ReadSubjectsAsync([read], Cancellation));

        Assert.Equal([2, 3, 1], found.Select(fact => fact.Position.Index));
        Assert.Equal([2, 3], await ReadVehicleAsync(7));
    }

    [Fact]
    public async Task Notes_and_outcomes_of_a_subject_are_histories_apart()
    {
        await AppendNewAsync(Note("N-1") with { Subjects = [Vehicle(1, 0)] });
        await AppendNewAsync(Note("O-1") with { Kind = EntryKind.Outcome, Subjects = [Vehicle(1, 0)] });

        Assert.Equal([1], await ReadVehicleAsync(1));
        Assert.Equal([2], await ReadVehicleAsync(1, entries: EntryKind.Outcome));
    }

    [Fact]
    public async Task Histories_of_many_subjects_come_in_the_order_in_which_they_were_asked_for()
    {
        await AppendNewAsync(Note("N-1") with { Subjects = [Vehicle(1, 1), Vehicle(2, 1)] });
        await AppendNewAsync(Note("N-2") with { Subjects = [Vehicle(2, 2)] });
        await AppendNewAsync(Note("N-3") with { Subjects = [Vehicle(2, 3)] });

        var found = await Ledger.ReadSubjectsAsync(
            [Read(2, limit: 2), Read(3, limit: 2), Read(1, limit: 2), Read(2, limit: 1)], Cancellation);

        Assert.Equal(["3 2", "", "1", "3"], found.Select(
            facts => string.Join(' ', facts.Select(fact => new LedgerPosition(fact.Position.Value).Index))));
        Assert.Empty(await Ledger.ReadSubjectsAsync([], Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Ledger.ReadSubjectsAsync([Read(1, limit: 1), Read(2, limit: 0)], Cancellation));

        static SubjectRead Read(int vehicle, int limit) =>
            new(SubjectKind.Vehicle, new Pseudonym((UInt128)vehicle), EntryKind.Note, Since: null, limit);
    }

    [Fact]
    public async Task Subjects_of_other_kinds_do_not_share_a_history()
    {
        await AppendNewAsync(Note("N-1") with
        {
            Subjects = [new(SubjectKind.Carrier, new Pseudonym(1), Received), Vehicle(2, 0)],
        });

        Assert.Empty(await ReadVehicleAsync(1));
        Assert.Equal([1], await ReadVehicleAsync(2));
    }

    [Fact]
    public async Task A_subject_that_a_fact_has_twice_is_told_once_at_its_latest_time()
    {
        await AppendNewAsync(Note("N-1") with { Subjects = [Vehicle(1, 3), Vehicle(1, 8), Vehicle(1, 5)] });
        await AppendNewAsync(Note("N-2") with { Subjects = [Vehicle(1, 7)] });

        Assert.Equal([1, 2], await ReadVehicleAsync(1));
    }

    [Fact]
    public async Task A_limit_of_nothing_or_of_everything_is_a_fault_of_the_caller()
    {
        foreach (var limit in (int[])[0, -1, int.MaxValue])
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                async () => await Ledger.ReadFactsAsync(0, -1, limit, Cancellation));
        }
    }

    private async Task<IEnumerable<long>> ReadVehicleAsync(
        int vehicle, EntryKind entries = EntryKind.Note, DateTimeOffset? since = null, int limit = 100)
    {
        var facts = await Ledger.ReadSubjectAsync(
            new(SubjectKind.Vehicle, new Pseudonym((UInt128)vehicle), entries, since, limit), Cancellation);
        return facts.Select(fact => fact.Position.Value);
    }
}
