using System.Numerics;
using CsCheck;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Statutory;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Statutory;

/// <summary>A1 to A10 are the model's test vectors, worked by hand.</summary>
public sealed class FormulaRatingTests
{
    private static readonly CheckFact A5 = Check(0, 0, 1, 2);
    private static readonly CheckFact Clean = Check(0, 0, 0, 0);

    [Fact]
    public void A1_no_checks_are_grey() => AssertRating(0, 1, RatingBand.Grey, []);

    [Fact]
    public void A2_a_clean_check_is_0() => AssertRating(0, 1, RatingBand.Green, [Clean]);

    [Fact]
    public void A3_a_most_serious_infringement_is_90() => AssertRating(90, 1, RatingBand.Green, [Check(0, 0, 0, 1)]);

    [Fact]
    public void A4_a_clean_check_halves_the_rating() =>
        AssertRating(47, 1, RatingBand.Green, [Check(4, 3, 2, 0), Clean]);

    [Fact]
    public void A5_one_bad_check_is_red_and_amber_with_smart_tachographs()
    {
        AssertRating(210, 1, RatingBand.Red, [A5]);
        AssertRating(189, 1, RatingBand.Amber, [A5], smart: true);
    }

    [Fact]
    public void A6_a_check_at_the_premises_counts_by_the_vehicle()
    {
        CheckFact[] checks =
            [Check(12, 10, 6, 4) with { Premises = true, VehiclesChecked = 4 }, Check(0, 1, 2, 1), Clean];

        AssertRating(323, 3, RatingBand.Amber, checks);
        AssertRating(969, 10, RatingBand.Green, checks, smart: true);
        Assert.Equal(10767, FormulaRating.Of(checks, Given.Eight).Centi);
        Assert.Equal(9690, FormulaRating.Of(checks, Given.Eight, wholeFleetHasSmartTachographs: true).Centi);
    }

    [Fact]
    public void A7_what_is_older_than_two_years_does_not_count() =>
        AssertRating(10, 1, RatingBand.Green, [MonthsAgo(Check(0, 0, 0, 3), 25), MonthsAgo(Check(0, 1, 0, 0), 1)]);

    [Fact]
    public void A8_between_100_and_101_is_amber() =>
        AssertRating(201, 2, RatingBand.Amber, [Check(1, 2, 0, 2), Clean]);

    [Fact]
    public void A9_four_clean_checks_make_it_green() =>
        AssertRating(42, 1, RatingBand.Green, [A5, Clean, Clean, Clean, Clean]);

    [Fact]
    public void A10_a_clean_check_of_ten_vehicles_weighs_as_one() =>
        AssertRating(30, 1, RatingBand.Green, [Clean with { VehiclesChecked = 10 }, Check(0, 0, 2, 0)]);

    [Theory]
    [InlineData(0, RatingBand.Green)]
    [InlineData(1, RatingBand.Amber)]
    public void At_100_it_is_green_and_above_it_amber(int minor, RatingBand band) =>
        Assert.Equal(band, FormulaRating.Of([Check(minor, 1, 0, 1)], Given.Eight).Band);

    [Theory]
    [InlineData(0, RatingBand.Amber)]
    [InlineData(1, RatingBand.Red)]
    public void At_200_it_is_amber_and_above_it_red(int minor, RatingBand band) =>
        Assert.Equal(band, FormulaRating.Of([Check(minor, 2, 0, 2)], Given.Eight).Band);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 0)]
    public void A_check_counts_until_two_years_have_passed(long ms, int counted)
    {
        var limit = DateTimeOffset.FromUnixTimeMilliseconds(Given.Eight).AddYears(-2).ToUnixTimeMilliseconds();

        Assert.Equal(counted, FormulaRating.Of([Clean with { InspectedMs = limit + ms }], Given.Eight).Checks);
    }

    [Fact]
    public void A_later_check_counts() =>
        Assert.Equal(1, FormulaRating.Of([Clean with { InspectedMs = Given.Eight + Given.Day }], Given.Eight).Checks);

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_moment_outside_the_calendar_is_no_fault(long asOfMs) =>
        Assert.InRange(FormulaRating.Of([Clean], asOfMs).Checks, 0, 1);

    [Fact]
    public void A_thousand_cases_equal_a_second_calculation() =>
        Gen.Select(RiskGen.Check.List[0, 40], Gen.Bool).Sample(
            (checks, smart) =>
            {
                var rating = FormulaRating.Of(checks, Given.Eight, smart);
                var (numerator, denominator, counted) = Second(checks, smart);
                return rating.Checks == counted && rating.Numerator * denominator == numerator * rating.Denominator;
            },
            iter: 1_000);

    [Fact]
    public void A_clean_check_never_raises_an_infringement_never_lowers_and_order_is_nothing() =>
        Gen.Select(RiskGen.Check.List[1, 40], RiskGen.Infringement, Gen.Int[0, 39]).Sample(
            (checks, found, index) =>
            {
                var at = index % checks.Count;
                var worse = checks.ToList();
                worse[at] = worse[at] with { Infringements = [.. worse[at].Infringements, found] };
                var rating = FormulaRating.Of(checks, Given.Eight);
                return Compare(FormulaRating.Of([.. checks, Clean], Given.Eight), rating) <= 0
                    && Compare(FormulaRating.Of(worse, Given.Eight), rating) >= 0
                    && FormulaRating.Of([.. checks.Skip(at), .. checks.Take(at)], Given.Eight) == rating;
            },
            iter: 500);

    private static int Compare(FormulaRating left, FormulaRating right) =>
        (left.Numerator * right.Denominator).CompareTo(right.Numerator * left.Denominator);

    /// <summary>Written from the text, over one common denominator, and slow.</summary>
    private static (BigInteger Numerator, BigInteger Denominator, int Checks) Second(List<CheckFact> checks, bool smart)
    {
        var oldest = DateTimeOffset.FromUnixTimeMilliseconds(Given.Eight).AddMonths(-24);
        var inside = checks.Where(c => DateTimeOffset.FromUnixTimeMilliseconds(c.InspectedMs) >= oldest).ToList();
        if (inside.Count == 0)
        {
            return (0, 1, 0);
        }

        var all = inside.Aggregate(BigInteger.One, (product, check) => product * check.VehiclesChecked);
        var weight = new Dictionary<InfringementClass, int>
        {
            [InfringementClass.Minor] = 1,
            [InfringementClass.Serious] = 10,
            [InfringementClass.VerySerious] = 30,
            [InfringementClass.MostSerious] = 90,
        };
        var sum = BigInteger.Zero;
        foreach (var infringement in inside.SelectMany(c => c.Infringements, (c, i) => (c.VehiclesChecked, i)))
        {
            sum += all / infringement.VehiclesChecked * weight[infringement.i.Class] * infringement.i.Count;
        }

        return smart ? (sum * 9, all * inside.Count * 10, inside.Count) : (sum, all * inside.Count, inside.Count);
    }

    private static void AssertRating(
        int numerator, int denominator, RatingBand band, CheckFact[] checks, bool smart = false)
    {
        var rating = FormulaRating.Of(checks, Given.Eight, smart);

        Assert.Equal((numerator, denominator), ((int)rating.Numerator, (int)rating.Denominator));
        Assert.Equal(band, rating.Band);
        Assert.Equal(checks.Length == 0, rating.Centi is null);
    }

    private static CheckFact MonthsAgo(CheckFact check, int months) => check with
    {
        InspectedMs = DateTimeOffset.FromUnixTimeMilliseconds(Given.Eight).AddMonths(-months).ToUnixTimeMilliseconds(),
    };

    private static CheckFact Check(int minor, int serious, int verySerious, int mostSerious)
    {
        int[] counts = [minor, serious, verySerious, mostSerious];
        Infringement[] found =
        [
            .. counts.Select((count, index) => Given.Found((InfringementClass)(index + 1), count))
                .Where(infringement => infringement.Count > 0),
        ];
        return Given.Check(1, Given.Eight, found);
    }
}
