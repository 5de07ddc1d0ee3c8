using EcmrGateway.Risk.Factors;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Risk.Settings;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Factors;

public sealed class DocumentIntegrityFactorTests
{
    private const string Code = FactorCodes.DocumentIntegrity;

    [Fact]
    public void A_whole_note_in_time_has_no_points()
    {
        var score = Given.Score(Given.Movement(Given.Note(7)));

        Assert.Empty(score.Contributions);
        Assert.Equal(0, score.Points);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    [InlineData(40, 4)]
    public void Warnings_count_up_to_the_most(int warnings, int points)
    {
        var note = Given.Note(7) with { WarningCodes = [.. Enumerable.Repeat("ADR-012", warnings)] };

        Assert.Equal(points, Given.Score(Given.Movement(note)).PointsOf(Code));
    }

    [Fact]
    public void One_warning_is_told_with_its_source()
    {
        var note = Given.Note(7) with { WarningCodes = ["ADR-012"] };

        var contribution = Given.Score(Given.Movement(note)).Only(Code);

        Assert.Equal("The note was recorded with 1 warning.", contribution.Because);
        Assert.Equal([7], contribution.Sources);
        Assert.NotEmpty(contribution.LegalBasis);
    }

    [Theory]
    [InlineData(30 * Given.Minute, 0)]
    [InlineData((30 * Given.Minute) + 1, 2)]
    [InlineData(120 * Given.Minute, 2)]
    [InlineData((120 * Given.Minute) + 1, 3)]
    [InlineData(24 * Given.Hour, 3)]
    [InlineData((24 * Given.Hour) + 1, 4)]
    public void A_late_reception_counts_beyond_the_tolerance(long lateMs, int points)
    {
        var note = Given.Note(7) with { ReceivedMs = Given.Eight + lateMs };

        Assert.Equal(points, Given.Score(Given.Movement(note)).PointsOf(Code));
    }

    [Theory]
    [InlineData(95, "95 minutes")]
    [InlineData(119, "119 minutes")]
    [InlineData(120, "2 hours")]
    [InlineData(47 * 60, "47 hours")]
    [InlineData(48 * 60, "2 days")]
    public void A_late_reception_is_told_in_the_unit_that_people_say_it_in(long minutes, string told)
    {
        var note = Given.Note(7) with { ReceivedMs = Given.Eight + (minutes * Given.Minute) };

        Assert.Equal(
            $"Received {told} after the goods were taken over.", Given.Score(Given.Movement(note)).Only(Code).Because);
    }

    [Theory]
    [InlineData(30 * Given.Minute, 2)] // The reception counts.
    [InlineData((30 * Given.Minute) + 1, 3)]
    [InlineData((120 * Given.Minute) + 1, 5)]
    [InlineData((24 * Given.Hour) + 1, 6)]
    public void Making_out_after_the_taking_over_is_worse(long lateMs, int points)
    {
        var issued = Given.Eight + lateMs;
        var note = Given.Note(7) with { IssuedMs = issued, ReceivedMs = issued + Given.Minute };

        Assert.Equal(points, Given.Score(Given.Movement(note)).PointsOf(Code));
    }

    [Fact]
    public void Without_a_start_nothing_is_known_to_be_late()
    {
        var note = Given.Note(7) with { ReceivedMs = Given.Eight + Given.Day };
        var movement = Given.Movement(note, given => given with { StartMs = null });

        Assert.Equal(0, Given.Score(movement).PointsOf(Code));
    }

    [Theory]
    [InlineData(0, 0, 0)] // (20 * 0.1 + 0) / 20
    [InlineData(5, 5, 0)] // (2 + 5) / 25 = 0.280
    [InlineData(6, 6, 5)] // (2 + 6) / 26 = 0.307
    [InlineData(24, 24, 5)] // (2 + 24) / 44 = 0.590
    [InlineData(25, 25, 10)] // (2 + 25) / 45 = 0.600
    [InlineData(100, 33, 0)] // (2 + 33) / 120 = 0.291
    [InlineData(100, 34, 5)] // (2 + 34) / 120 = 0.300
    [InlineData(100, 100, 10)]
    public void A_consignors_habit_counts_in_steps_of_five(int notes, int flawed, int points)
    {
        var profile = ConsignorProfile.Of(Enumerable.Range(1, notes)
            .Select(i => i <= flawed
                ? new NoteSummary(i, Given.Eight + i, Late: i % 2 == 0, Warnings: i % 2)
                : new NoteSummary(i, Given.Eight + i, Late: false, Warnings: 0)));

        Assert.Equal(points, Given.Model.ConsignorPoints(profile));
    }

    [Fact]
    public void A_score_changes_with_the_consignors_points_only()
    {
        // Otherwise a movement that is not scored again would differ from one that is.
        NoteSummary[] bad = [.. Enumerable.Range(100, 10).Select(i => new NoteSummary(i, i, Late: true, 0))];
        var movement = Given.Movement(Given.Note(7));

        var before = Given.Score([movement], [], [], bad, 7);
        var after = Given.Score([movement], [], [], [.. bad, new(200, 200, Late: true, 3)], 7);

        Assert.Equal(5, before.PointsOf(Code));
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_note_is_late_from_the_first_start_and_beyond_the_tolerance()
    {
        var late = new DocumentSettings().LateAfterMs();
        var note = Given.Note(7) with { ReceivedMs = Given.Eight + late };

        Assert.False(NoteSummary.Of(note, [Given.Eight, null], late).Late);
        Assert.True(NoteSummary.Of(note, [Given.Eight + Given.Day, null, Given.Eight - 1], late).Late);
        Assert.False(NoteSummary.Of(note, [], late).Late);
        Assert.False(NoteSummary.Of(note, [null], late).Late);
    }
}
