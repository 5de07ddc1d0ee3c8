namespace EcmrGateway.Notes.Note;

/// <summary>WGS 84 position, rounded to 6 decimals (about a decimetre).</summary>
public readonly record struct Coordinates
{
    private const double MicrodegreesPerDegree = 1_000_000;

    private const int Decimals = 6;

    private const double LatitudeMax = 90;

    private const double LongitudeMax = 180;

    private Coordinates(int latitude, int longitude) =>
        (LatitudeMicrodegrees, LongitudeMicrodegrees) = (latitude, longitude);

    /// <summary>Millionths of a degree, north positive.</summary>
    public int LatitudeMicrodegrees { get; }

    /// <summary>Millionths of a degree, east positive.</summary>
    public int LongitudeMicrodegrees { get; }

    /// <summary>Degrees, -90 to 90.</summary>
    public decimal Latitude => Degrees(LatitudeMicrodegrees);

    /// <summary>Degrees, -180 to 180.</summary>
    public decimal Longitude => Degrees(LongitudeMicrodegrees);

    /// <summary>False where either is not a number or beyond its range.</summary>
    public static bool TryCreate(double latitude, double longitude, out Coordinates coordinates)
    {
        // Written so that a comparison with NaN fails.
        if (latitude is >= -LatitudeMax and <= LatitudeMax && longitude is >= -LongitudeMax and <= LongitudeMax)
        {
            coordinates = new(Round(latitude), Round(longitude));
            return true;
        }

        coordinates = default;
        return false;
    }

    private static int Round(double degrees) =>
        (int)Math.Round(degrees * MicrodegreesPerDegree, MidpointRounding.AwayFromZero);

    private static decimal Degrees(int microdegrees) => DecimalText.WithoutTrailingZeros(
        new(Math.Abs(microdegrees), 0, 0, microdegrees < 0, Decimals));
}
