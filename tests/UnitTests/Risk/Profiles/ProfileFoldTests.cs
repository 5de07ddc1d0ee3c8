using CsCheck;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Profiles;

public sealed class ProfileFoldTests
{
    [Fact]
    public void A_vehicle_is_the_same_for_any_order_repetition_and_batching() =>
        Gen.Select(RiskGen.Movements, RiskGen.Checks, Gen.Int[0, int.MaxValue], Gen.Int[0, 160]).Sample(
            (movements, checks, seed, split) =>
            {
                var whole = VehicleProfile.Of(movements, checks);
                var batch = VehicleProfile.Of(movements.Take(split), checks.Take(split));
                var folded = Disturbed(movements, seed)
                    .Aggregate(batch, (profile, movement) => profile.Fold(movement));
                folded = Disturbed(checks, seed).Aggregate(folded, (profile, check) => profile.Fold(check));
                return folded.Equals(whole) && Text.Of(folded) == Text.Of(whole);
            },
            iter: 80);

    [Fact]
    public void A_carrier_is_the_same_for_any_order_and_repetition() =>
        Gen.Select(RiskGen.Checks, Gen.Int[0, int.MaxValue]).Sample(
            (checks, seed) =>
            {
                var folded = Disturbed(checks, seed)
                    .Aggregate(CarrierProfile.Empty, (profile, check) => profile.Fold(check));
                var whole = CarrierProfile.Of(checks);
                return folded.Equals(whole) && Text.Of(folded) == Text.Of(whole);
            },
            iter: 80);

    [Fact]
    public void A_consignor_is_the_same_for_any_order_and_repetition() =>
        Gen.Select(RiskGen.Summary.List[0, 250], Gen.Int[0, int.MaxValue]).Sample(
            (all, seed) =>
            {
                var notes = all.DistinctBy(note => note.Position).ToList();
                var folded = Disturbed(notes, seed)
                    .Aggregate(ConsignorProfile.Empty, (profile, note) => profile.Fold(note));
                return folded.Equals(ConsignorProfile.Of(notes));
            },
            iter: 80);

    [Fact]
    public void The_newest_by_event_time_are_kept()
    {
        var checks = Enumerable.Range(0, 300).Select(i => Given.Check(position: 1000 - i, inspectedMs: i)).ToList();

        var profile = CarrierProfile.Of(checks);

        Assert.Equal(CarrierProfile.ChecksMax, profile.Checks.Count);
        Assert.Equal(44, profile.Checks[0].InspectedMs);
        Assert.Equal(299, profile.Checks[^1].InspectedMs);
    }

    [Fact]
    public void At_the_same_time_the_position_decides_and_then_the_leg()
    {
        var first = Given.Movement(Given.Note(7));
        var leg = Given.Movement(Given.Note(7), given => given with { Leg = 1 });
        var second = Given.Movement(Given.Note(8));

        var profile = VehicleProfile.Empty.Fold(second).Fold(leg).Fold(first);

        Assert.Equal([first, leg, second], profile.Movements);
    }

    [Fact]
    public void What_changes_nothing_gives_the_same_instance()
    {
        var full = VehicleProfile.Of(
            Enumerable.Range(1, 200).Select(i => Given.Movement(Given.Note(i))),
            Enumerable.Range(1, 100).Select(i => Given.Check(i, Given.Eight + i)));

        Assert.Same(full, full.Fold(full.Movements[5]));
        Assert.Same(full, full.Fold(Given.Movement(Given.Note(1))));
        Assert.Same(full, full.Fold(full.Checks[5] with { Carrier = Given.Carrier }));
        Assert.Same(full, full.Fold(Given.Check(1, Given.Eight)));
        Assert.Equal((128, 64), (full.Movements.Count, full.Checks.Count));
    }

    [Fact]
    public void A_profile_keeps_no_other_subject()
    {
        var check = Given.Check(5, Given.Eight) with { Carrier = Given.Carrier, Vehicle = Given.Vehicle };

        var kept = Assert.Single(CarrierProfile.Empty.Fold(check).Checks);

        Assert.Equal(check with { Carrier = null, Vehicle = null }, kept);
    }

    [Fact]
    public void The_newest_facts_of_a_vehicle_hold_its_newest_movements()
    {
        // What the ledger gives back on a miss: facts by (event time, position), several movements in each.
        var facts = Enumerable.Range(1, 200).Select(position => new[]
        {
            Given.Movement(Given.Note(position), given => given with { StartMs = position * 7 % 100 }),
            Given.Movement(Given.Note(position), given => given with { Leg = 1, StartMs = position * 3 % 100 }),
        }).ToList();
        var newest = facts
            .OrderByDescending(fact => EventTime.OfLegs(
                fact.Select(each => (each.Movement.StartMs, each.Movement.EndMs)), fact[0].Note.ReceivedMs))
            .ThenByDescending(fact => fact[0].Movement.Position)
            .Take(VehicleProfile.MovementsMax);

        Assert.Equal(
            VehicleProfile.Of(facts.SelectMany(fact => fact), []),
            VehicleProfile.Of(newest.SelectMany(fact => fact), []));
    }

    [Theory]
    [InlineData(1L, 2L, 1)]
    [InlineData(null, 2L, 2)]
    [InlineData(null, null, 3)]
    public void The_event_time_of_a_movement_is_start_or_end_or_reception(long? start, long? end, long expected)
    {
        Assert.Equal(expected, EventTime.OfMovement(start, end, 3));
        Assert.Equal(expected, EventTime.OfLegs([(start, end)], 3));
    }

    [Fact]
    public void The_subjects_needed_are_those_who_drive_and_send()
    {
        var driven = Given.Movement(Given.Note(8), given => given with { Carrier = Given.OtherCarrier });
        var unknown = Given.Movement(Given.Note(9) with { Carrier = null, Consignor = null });
        HashSet<SubjectId> carriers = [], consignors = [];

        VehicleProfile.Of([Given.Movement(Given.Note(7)), driven, unknown], []).AddSubjects(carriers, consignors);

        Assert.Equal([Given.Carrier, Given.OtherCarrier], carriers.Order());
        Assert.Equal([Given.Consignor], consignors);
    }

    /// <summary>In another order, some of them twice.</summary>
    private static List<T> Disturbed<T>(List<T> facts, int seed)
    {
        var order = new Random(seed);
        T[] all = [.. facts, .. facts.Where((_, index) => index % 3 == 0)];
        order.Shuffle(all);
        return [.. all];
    }
}
