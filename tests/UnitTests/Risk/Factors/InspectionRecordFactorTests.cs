using CsCheck;
using EcmrGateway.Risk.Factors;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Settings;
using EcmrGateway.Risk;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Factors;

public sealed class InspectionRecordFactorTests
{
    private const string Code = FactorCodes.InspectionRecord;

    private static readonly RecordSettings Settings = new();

    // Carrier: k = 10 imagined checks of 3 points; points = 15 * (average - 3) / (15 - 3), rounded down.
    [Theory]
    [InlineData(InfringementClass.Minor, 1, 0)] // (30 + 1) / 11 = 2.8
    [InlineData(InfringementClass.Serious, 1, 0)] // 40 / 11 = 3.63
    [InlineData(InfringementClass.VerySerious, 1, 3)] // 60 / 11 = 5.45
    [InlineData(InfringementClass.MostSerious, 1, 9)] // 120 / 11 = 10.9
    [InlineData(InfringementClass.MostSerious, 2, 15)] // 210 / 11 = 19.1
    [InlineData(InfringementClass.MostSerious, int.MaxValue, 15)]
    public void One_check_of_the_carrier_counts_by_its_gravest_class(InfringementClass how, int count, int points) =>
        Assert.Equal(points, OfCarrier(Given.Check(5, Given.Eight, Given.Found(how, count))).PointsOf(Code));

    // Vehicle: k = 4, at most 10 points.
    [Theory]
    [InlineData(InfringementClass.Serious, 1, 1)] // 22 / 5 = 4.4
    [InlineData(InfringementClass.VerySerious, 1, 4)] // 42 / 5 = 8.4
    [InlineData(InfringementClass.MostSerious, 1, 10)]
    public void One_check_of_the_vehicle_counts_by_its_gravest_class(InfringementClass how, int count, int points) =>
        Assert.Equal(points, OfVehicle(Given.Check(5, Given.Eight, Given.Found(how, count))).PointsOf(Code));

    [Fact]
    public void Without_checks_there_are_no_points_and_no_rating()
    {
        var score = OfCarrier();

        Assert.Equal(0, score.Points);
        Assert.Null(score.FormulaRatingCenti);
        Assert.Equal(Given.Carrier, score.Carrier);
    }

    [Fact]
    public void An_unknown_carrier_has_no_points_and_is_told_as_unknown()
    {
        var movement = Given.Movement(Given.Note(7) with { Carrier = null });
        var check = Given.Check(5, Given.Eight, Given.Found(InfringementClass.MostSerious));

        var score = Given.Score([movement], [], [check], [], 7);

        Assert.Equal(0, score.Points);
        Assert.Null(score.Carrier);
        Assert.Null(score.FormulaRatingCenti);
    }

    [Fact]
    public void Carrier_and_vehicle_are_told_apart()
    {
        var check = Given.Check(5, Given.Eight - Given.Day, Given.Found(InfringementClass.VerySerious));
        var clean = Given.Check(6, Given.Eight - Given.Day);

        var score = Given.Score([Given.Movement(Given.Note(7))], [check], [check, clean], [], 7);

        Assert.Equal(
            [
                "1 of 1 check of this vehicle found infringements; weighed by age, 8.4 points a check, "
                + "against 3.0 assumed of the sector.",
                "1 of 2 checks of the carrier found infringements; weighed by age, 5.0 points a check, "
                + "against 3.0 assumed of the sector.",
            ],
            score.Contributions.Select(contribution => contribution.Because));
        Assert.All(score.Contributions, contribution => Assert.Equal([5], contribution.Sources));
        Assert.Equal(1500, score.FormulaRatingCenti);
    }

    [Fact]
    public void A_check_of_many_vehicles_counts_by_the_vehicle()
    {
        var found = Given.Found(InfringementClass.VerySerious, 4);
        var visit = Given.Check(5, Given.Eight, found) with { Premises = true, VehiclesChecked = 4 };

        Assert.Equal(3, OfCarrier(visit).PointsOf(Code));
    }

    [Theory]
    [InlineData(0, 9)] // 120 / 11 = 10.9
    [InlineData(365, 5)] // (30 + 45) / 10.5 = 7.14
    [InlineData(1826, 0)] // too old
    public void Old_checks_fade(int days, int points)
    {
        var check = Given.Check(5, Given.Eight - (days * Given.Day), Given.Found(InfringementClass.MostSerious));

        Assert.Equal(points, OfCarrier(check).PointsOf(Code));
    }

    [Fact]
    public void A_check_after_the_movement_began_counts_in_full()
    {
        var check = Given.Check(5, Given.Eight + Given.Day, Given.Found(InfringementClass.MostSerious));

        Assert.Equal(9, OfCarrier(check).PointsOf(Code));
    }

    /// <summary>E1 of the model's test vectors; 365 days are 12 months.</summary>
    [Theory]
    [InlineData(0, 1000)]
    [InlineData(4380, 707)] // hours: 182.5 days
    [InlineData(8760, 500)]
    [InlineData(17520, 250)]
    [InlineData(26280, 125)]
    [InlineData(44529, 31)]
    [InlineData(44530, 0)]
    [InlineData(-1, 1000)]
    public void A_weight_halves_each_year(long ageHours, int weight)
    {
        var check = Given.Check(5, Given.Eight - (ageHours * Given.Hour));

        Assert.Equal(weight, CheckAverage.WeightMilli(check, Given.Eight, Settings));
    }

    [Fact]
    public void The_table_of_weights_is_the_half_life()
    {
        for (var month = 0; month < Settings.DecayMilli.Count; month++)
        {
            var weight = Math.Round(1000 * Math.Pow(2, -month / 12.0), MidpointRounding.AwayFromZero);
            Assert.Equal((int)weight, Settings.DecayMilli[month]);
        }
    }

    /// <summary>E2 of the model's test vectors, in millionths: prior 0.10, k = 10.</summary>
    [Theory]
    [InlineData(0, 0, 100_000)]
    [InlineData(8, 0, 55_555)]
    [InlineData(1, 1, 181_818)]
    [InlineData(9, 1, 105_263)]
    [InlineData(4, 3, 285_714)]
    public void An_average_is_drawn_towards_the_prior(int checks, int found, long millionths)
    {
        var shrunk = CheckAverage.Shrunk(10, 100_000, checks * 1000L, found * 1000L * 1_000_000);

        Assert.Equal(millionths, shrunk);
    }

    [Fact]
    public void A_clean_check_never_raises_it() =>
        Gen.Select(RiskGen.Check.List[0, 300], RiskGen.Check).Sample((checks, added) =>
        {
            var clean = added with { Position = 1_000_000, Infringements = [] };
            var before = OfBoth(checks);
            var after = OfBoth([.. checks, clean]);
            return after.PointsOf(Code) <= before.PointsOf(Code);
        }, iter: 300);

    [Fact]
    public void An_infringement_never_lowers_it() =>
        Gen.Select(RiskGen.Check.List[1, 60], RiskGen.Infringement).Sample((checks, found) =>
        {
            var before = OfBoth(checks);
            CheckFact worse = checks[0] with { Infringements = [.. checks[0].Infringements, found] };
            return OfBoth([worse, .. checks.Skip(1)]).PointsOf(Code) >= before.PointsOf(Code);
        }, iter: 300);

    private static MovementScore OfCarrier(params CheckFact[] checks) =>
        Given.Score([Given.Movement(Given.Note(7))], [], checks, [], 7);

    private static MovementScore OfVehicle(params CheckFact[] checks) =>
        Given.Score([Given.Movement(Given.Note(7))], checks, [], [], 7);

    private static MovementScore OfBoth(IReadOnlyList<CheckFact> checks) =>
        Given.Score([Given.Movement(Given.Note(7))], checks, checks, [], 7);
}
