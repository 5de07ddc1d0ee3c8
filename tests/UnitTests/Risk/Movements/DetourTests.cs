using EcmrGateway.Risk.Movements;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Movements;

/// <summary>Road distances of 40 pairs of cities, of the public data set eurodist.</summary>
public sealed class DetourTests
{
    // From latitude and longitude, to latitude and longitude, kilometres by road.
    private static readonly (double, double, double, double, int)[] Pairs =
    [
        (41.3829, 2.1774, 36.1517, -5.3455, 1172), // Barcelona to Gibraltar
        (41.3829, 2.1774, 51.9667, 4.1167, 1490), // Barcelona to Hook of Holland
        (41.3829, 2.1774, 38.7167, -9.1333, 1305), // Barcelona to Lisbon
        (41.3829, 2.1774, 48.8500, 2.3500, 1033), // Barcelona to Paris
        (41.3829, 2.1774, 41.9000, 12.4833, 1460), // Barcelona to Rome
        (50.8333, 4.3333, 38.7167, -9.1333, 2084), // Brussels to Lisbon
        (50.8333, 4.3333, 43.3000, 5.4000, 1011), // Brussels to Marseilles
        (50.9500, 1.8500, 49.6333, -1.6167, 460), // Calais to Cherbourg
        (50.9500, 1.8500, 50.9500, 6.9333, 409), // Calais to Cologne
        (50.9500, 1.8500, 36.1517, -5.3455, 2224), // Calais to Gibraltar
        (50.9500, 1.8500, 40.4952, -3.5734, 1550), // Calais to Madrid
        (50.9500, 1.8500, 43.3000, 5.4000, 1059), // Calais to Marseilles
        (49.6333, -1.6167, 50.9500, 6.9333, 785), // Cherbourg to Cologne
        (49.6333, -1.6167, 46.2378, 6.1081, 853), // Cherbourg to Geneva
        (49.6333, -1.6167, 51.9667, 4.1167, 731), // Cherbourg to Hook of Holland
        (49.6333, -1.6167, 38.7167, -9.1333, 1827), // Cherbourg to Lisbon
        (50.9500, 6.9333, 36.1517, -5.3455, 2436), // Cologne to Gibraltar
        (50.9500, 6.9333, 51.9667, 4.1167, 269), // Cologne to Hook of Holland
        (50.9500, 6.9333, 38.7167, -9.1333, 2290), // Cologne to Lisbon
        (50.9500, 6.9333, 48.1500, 11.5833, 583), // Cologne to Munich
        (50.9500, 6.9333, 48.2000, 16.3667, 937), // Cologne to Vienna
        (46.2378, 6.1081, 51.9667, 4.1167, 895), // Geneva to Hook of Holland
        (46.2378, 6.1081, 45.7667, 4.8333, 158), // Geneva to Lyons
        (46.2378, 6.1081, 45.4642, 9.1896, 328), // Geneva to Milan
        (46.2378, 6.1081, 48.8500, 2.3500, 513), // Geneva to Paris
        (36.1517, -5.3455, 40.4952, -3.5734, 698), // Gibraltar to Madrid
        (36.1517, -5.3455, 48.2000, 16.3667, 2974), // Gibraltar to Vienna
        (53.5167, 9.9333, 38.7167, -9.1333, 2671), // Hamburg to Lisbon
        (53.5167, 9.9333, 48.1500, 11.5833, 805), // Hamburg to Munich
        (53.5167, 9.9333, 41.9000, 12.4833, 1751), // Hamburg to Rome
        (51.9667, 4.1167, 41.9000, 12.4833, 1683), // Hook of Holland to Rome
        (51.9667, 4.1167, 48.2000, 16.3667, 1205), // Hook of Holland to Vienna
        (38.7167, -9.1333, 40.4952, -3.5734, 668), // Lisbon to Madrid
        (38.7167, -9.1333, 48.8500, 2.3500, 1799), // Lisbon to Paris
        (45.7667, 4.8333, 48.2000, 16.3667, 1157), // Lyons to Vienna
        (40.4952, -3.5734, 48.1500, 11.5833, 2010), // Madrid to Munich
        (43.3000, 5.4000, 45.4642, 9.1896, 618), // Marseilles to Milan
        (43.3000, 5.4000, 48.1500, 11.5833, 1109), // Marseilles to Munich
        (43.3000, 5.4000, 48.2000, 16.3667, 1363), // Marseilles to Vienna
        (48.8500, 2.3500, 48.2000, 16.3667, 1249), // Paris to Vienna
    ];

    [Fact]
    public void The_detour_is_the_median_of_road_to_great_circle()
    {
        var ratios = Pairs.Select(pair => pair.Item5 / GreatCircleKm(pair)).Order().ToList();
        var median = (ratios[(ratios.Count / 2) - 1] + ratios[ratios.Count / 2]) / 2;

        // The constant is the median of all 149 pairs of the set, of which these are an even sample.
        Assert.Equal(new MovementSettings().DetourMilli / 1000.0, median, 0.01);
    }

    [Fact]
    public void Most_roads_are_within_a_fifth_of_the_estimate()
    {
        var detour = new MovementSettings().DetourMilli / 1000.0;
        var near = Pairs.Count(pair => Math.Abs((GreatCircleKm(pair) * detour / pair.Item5) - 1) < 0.2);

        Assert.True(near >= 0.8 * Pairs.Length, $"{near} of {Pairs.Length}");
    }

    private static double GreatCircleKm((double, double, double, double, int) pair) =>
        UnitVector.Of(pair.Item1, pair.Item2).AngleTo(UnitVector.Of(pair.Item3, pair.Item4))
        * UnitVector.EarthRadiusKm;
}
