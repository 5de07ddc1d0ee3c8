using CsCheck;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Factors;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Risk.Settings;
using Xunit;

namespace EcmrGateway.UnitTests.Risk;

public sealed class RiskModelTests
{
    [Fact]
    public void Facts_in_any_order_and_any_number_of_times_give_the_same_assessment() =>
        Gen.Select(RiskGen.Movements, RiskGen.Checks, RiskGen.Summary.List[0, 150], Gen.Int[0, int.MaxValue]).Sample(
            (movements, checks, all, seed) =>
            {
                var notes = all.DistinctBy(note => note.Position).ToList();
                var once = Assess(movements, checks, notes);
                var order = new Random(seed);
                var again = Assess(Disturbed(movements, order), Disturbed(checks, order), Disturbed(notes, order));
                return once.Equals(again) && Text.Of(once) == Text.Of(again);
            },
            iter: 40);

    [Fact]
    public void Contributions_add_up_and_no_factor_passes_its_most() =>
        Gen.Select(RiskGen.Movements, RiskGen.Checks, RiskGen.Summary.List[0, 150]).Sample(
            (movements, checks, notes) =>
            {
                foreach (var score in Assess(movements, checks, notes).Movements)
                {
                    Assert.Equal(score.Points, score.Contributions.Sum(contribution => contribution.Points));
                    Assert.InRange(score.Points, 0, 100);
                    Assert.InRange(score.Consequence, 1, 4);
                    Assert.InRange(score.PointsOf(FactorCodes.DocumentIntegrity), 0, 20);
                    Assert.InRange(score.PointsOf(FactorCodes.LoadPlausibility), 0, 25);
                    Assert.InRange(score.PointsOf(FactorCodes.SamePlate), 0, 15);
                    Assert.InRange(score.PointsOf(FactorCodes.DangerousGoods), 0, 15);
                    Assert.InRange(score.PointsOf(FactorCodes.InspectionRecord), 0, 25);
                    Assert.All(score.Contributions, AssertComplete);
                }
            },
            iter: 40);

    [Fact]
    public void The_worst_of_everything_is_exactly_100()
    {
        var checks = Enumerable.Range(1, 9)
            .Select(i => Given.Check(i, Given.Eight, Given.Found(InfringementClass.MostSerious, 9)));
        var notes = Enumerable.Range(1, 99).Select(i => new NoteSummary(i, i, Late: true, Warnings: 2));

        var score = Given.Score(
            [Driven(Worst(7), Given.Carrier), Driven(Worst(8), Given.OtherCarrier)], checks, checks, notes, 7);

        Assert.Equal(100, score.Points);
        Assert.Equal(
            FactorCodes.All.Order(StringComparer.Ordinal),
            score.Contributions.Select(each => each.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            score.Contributions.Select(each => each.Points).OrderDescending(),
            score.Contributions.Select(each => each.Points));
    }

    [Fact]
    public void Every_movement_is_scored_at_its_own_moment_in_order_of_position_and_leg()
    {
        var later = Given.Movement(Given.Note(7), given => given with { Leg = 1, StartMs = Given.Eight + Given.Day });
        var unknown = Given.Movement(Given.Note(9), given => given with { StartMs = null });
        var earlier = Given.Movement(Given.Note(8), given => given with { StartMs = Given.Eight - Given.Day });

        var assessment = Assess([later, unknown, earlier, Given.Movement(Given.Note(7))], [], []);

        Assert.Equal([(7, 0), (7, 1), (8, 0), (9, 0)], assessment.Movements.Select(each => (each.Position, each.Leg)));
        Assert.Equal(
            [Given.Eight, Given.Eight + Given.Day, Given.Eight - Given.Day, Given.Eight - Given.Hour],
            assessment.Movements.Select(each => each.AsOfMs));
    }

    [Fact]
    public void An_assessment_names_model_settings_and_last_check()
    {
        var checks = new[] { Given.Check(5, Given.Eight), Given.Check(4, Given.Eight + 1) };

        var assessment = Assess([], checks, []);

        Assert.Equal(("2026.1", Given.Model.SettingsHash), (assessment.ModelVersion, assessment.SettingsHash));
        Assert.Equal(Given.Eight + 1, assessment.LastCheckedMs);
        Assert.Empty(assessment.Movements);
        Assert.Null(Assess([], [], []).LastCheckedMs);
    }

    [Fact]
    public void A_subject_without_a_profile_is_one_without_history()
    {
        var profile = VehicleProfile.Of([Given.Movement(Given.Note(7))], []);

        var assessment = Given.Model.Assess(Given.Vehicle, profile, _ => null, _ => null);

        Assert.Equal(Assess(profile.Movements, [], []), assessment);
    }

    [Fact]
    public void Places_change_passages_and_nothing_else() =>
        RiskGen.Movements.Sample(
            movements =>
            {
                var moved = movements.Select(each => each with
                {
                    Movement = each.Movement with { First = new(5322, 657), Last = new(4808, 1158) },
                });
                return Assess(movements, [], []).Movements.Select(WithoutPlace)
                    .SequenceEqual(Assess(moved, [], []).Movements.Select(WithoutPlace));
            },
            iter: 30);

    [Fact]
    public void Wrong_settings_and_areas_are_all_named_at_once()
    {
        var settings = new RiskSettings { Plate = new() { PointsMax = 16 }, SourcesMax = 0 };

        var thrown = Assert.Throws<ArgumentException>(
            () => new RiskModel(settings, new() { DaysMax = 0 }, [new("A B", "", 91, 0, 0)]));

        Assert.Contains("add up to 101", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("SourcesMax", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("DaysMax", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("centre is not on the globe", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("radius", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_areas_have_another_hash_and_the_same_settings_hash()
    {
        var other = new RiskModel(new(), new(), [.. Given.Areas.Skip(1)]);
        var reordered = new RiskModel(new(), new(), [.. Given.Areas.Reverse()]);

        Assert.NotEqual(Given.Model.PlacesHash, other.PlacesHash);
        Assert.Equal(Given.Model.PlacesHash, reordered.PlacesHash);
        Assert.Equal(Given.Model.SettingsHash, other.SettingsHash);
    }

    private static MovementScore WithoutPlace(MovementScore score) =>
        score with { Passages = [], StartMs = 0, EndMs = 0, Uncertain = false };

    private static void AssertComplete(Contribution contribution)
    {
        Assert.True(contribution.Points > 0);
        Assert.EndsWith(".", contribution.Because, StringComparison.Ordinal);
        Assert.NotEmpty(contribution.LegalBasis);
        Assert.InRange(contribution.Sources.Count, 1, 16);
        Assert.Equal(contribution.Sources.Distinct().Order(), contribution.Sources);
    }

    private static NoteFact Worst(long position) => Given.Note(position) with
    {
        ReceivedMs = Given.Eight + (2 * Given.Day),
        IssuedMs = Given.Eight + (2 * Given.Day),
        GrossMassG = 90_000_000,
        WarningCodes = ["A", "B", "C", "D"],
        DangerousGoods = new([], false, [new(DiscrepancyKind.CarriageProhibited, 1)]),
    };

    private static VehicleMovement Driven(NoteFact note, SubjectId carrier) =>
        Given.Movement(note, given => given with { Carrier = carrier });

    private static VehicleAssessment Assess(
        IEnumerable<VehicleMovement> movements, IEnumerable<CheckFact> checks, IEnumerable<NoteSummary> notes)
    {
        var kept = checks.ToList();
        return Given.Model.Assess(
            Given.Vehicle,
            VehicleProfile.Of(movements, kept),
            new Dictionary<SubjectId, CarrierProfile>
            {
                [Given.Carrier] = CarrierProfile.Of(kept),
                [Given.OtherCarrier] = CarrierProfile.Of(kept.Where(check => check.Position % 2 == 0)),
            },
            new Dictionary<SubjectId, ConsignorProfile> { [Given.Consignor] = ConsignorProfile.Of(notes) });
    }

    private static List<T> Disturbed<T>(List<T> facts, Random order)
    {
        T[] all = [.. facts, .. facts.Where((_, index) => index % 2 == 0)];
        order.Shuffle(all);
        return [.. all];
    }
}
