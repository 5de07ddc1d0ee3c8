using EcmrGateway.Risk.Factors;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Factors;

public sealed class SamePlateFactorTests
{
    private const string Code = FactorCodes.SamePlate;

    [Fact]
    public void Two_driving_carriers_at_the_same_time_weigh_most()
    {
        var score = Given.Score(Driven(7, Given.Carrier), Driven(8, Given.OtherCarrier), Driven(9, new(99)));

        var contribution = score.Only(Code);
        Assert.Equal(15, contribution.Points);
        Assert.Equal([7, 8, 9], contribution.Sources);
        Assert.Equal(
            "2 other notes name this vehicle at the same time with another carrier driving.", contribution.Because);
    }

    [Fact]
    public void Two_contracting_carriers_weigh_less()
    {
        var other = Given.Movement(Given.Note(8) with { Carrier = Given.OtherCarrier });

        var contribution = Given.Score(Given.Movement(Given.Note(7)), other).Only(Code);

        Assert.Equal(8, contribution.Points);
        Assert.Equal("1 other note names this vehicle at the same time for another carrier.", contribution.Because);
    }

    [Fact]
    public void A_subcontractor_that_drives_for_another_and_for_itself_is_one_carrier()
    {
        var other = Driven(8, Given.Carrier) is var driven
            ? driven with { Note = driven.Note with { Carrier = Given.OtherCarrier } }
            : null!;

        Assert.Equal(0, Given.Score(Given.Movement(Given.Note(7)), other).PointsOf(Code));
    }

    [Theory]
    [InlineData(30 * Given.Minute, 15)]
    [InlineData((30 * Given.Minute) - 1, 0)]
    [InlineData(0, 0)]
    public void A_short_overlap_is_rounding(long overlapMs, int points)
    {
        var other = Driven(8, Given.OtherCarrier, given => given with
        {
            StartMs = given.EndMs - overlapMs,
            EndMs = given.EndMs + Given.Hour,
        });

        Assert.Equal(points, Given.Score(Driven(7, Given.Carrier), other).PointsOf(Code));
    }

    [Fact]
    public void Groupage_of_one_carrier_is_no_finding()
    {
        VehicleMovement[] others = [.. Enumerable.Range(8, 20).Select(i => Given.Movement(Given.Note(i)))];

        Assert.Equal(0, Given.Score(Given.Movement(Given.Note(7)), others).PointsOf(Code));
    }

    // Payload 50,000 - 14,000 = 36,000 kg; 55 % of it is 19,800 kg.
    [Theory]
    [InlineData(19_801, 19_801, 5)]
    [InlineData(19_801, 19_800, 0)]
    [InlineData(30_000, 5_000, 0)]
    public void Two_loads_that_leave_no_room_for_each_other_are_no_groupage(int kg, int otherKg, int points)
    {
        var movement = Given.Movement(Given.Note(7) with { GrossMassG = kg * 1000L });
        var other = Given.Movement(Given.Note(8) with { GrossMassG = otherKg * 1000L });

        Assert.Equal(points, Given.Score(movement, other).PointsOf(Code));
    }

    [Fact]
    public void Unknown_carriers_unknown_masses_and_unknown_times_are_no_finding()
    {
        var unknown = Given.Movement(Given.Note(8) with { Carrier = null, GrossMassG = null });
        var openEnd = Driven(9, Given.OtherCarrier, given => given with { EndMs = null });

        Assert.Equal(0, Given.Score(Given.Movement(Given.Note(7)), unknown, openEnd).PointsOf(Code));
    }

    [Fact]
    public void Successive_carriers_of_one_note_do_not_contradict_it()
    {
        var note = Given.Note(7);
        var score = Given.Score(
            Given.Movement(note, given => given with { Carrier = Given.Carrier }),
            Given.Movement(note, given => given with { Leg = 1, Carrier = Given.OtherCarrier }));

        Assert.Equal(0, score.PointsOf(Code));
    }

    private static VehicleMovement Driven(long position, SubjectId carrier, Func<Movement, Movement>? change = null)
    {
        var movement = Given.Movement(Given.Note(position), change);
        return movement with { Movement = movement.Movement with { Carrier = carrier } };
    }
}
