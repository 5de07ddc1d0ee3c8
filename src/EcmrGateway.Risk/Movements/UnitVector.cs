namespace EcmrGateway.Risk.Movements;

/// <summary>A place on the globe as a vector of length 1: no date line and no poles to look out for.</summary>
internal readonly record struct UnitVector(double X, double Y, double Z)
{
    /// <summary>Mean radius of the Earth, kilometres.</summary>
    public const double EarthRadiusKm = 6371.0088;

    public double LatitudeDegrees => double.RadiansToDegrees(Math.Atan2(Z, Math.Sqrt((X * X) + (Y * Y))));

    public double LongitudeDegrees => double.RadiansToDegrees(Math.Atan2(Y, X));

    public static UnitVector Of(double latitudeDegrees, double longitudeDegrees)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(double.DegreesToRadians(latitudeDegrees));
        var (sinLongitude, cosLongitude) = Math.SinCos(double.DegreesToRadians(longitudeDegrees));
        return new(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }

    public static UnitVector Of(GeoPoint point) =>
        Of(point.LatitudeCentidegrees / 100.0, point.LongitudeCentidegrees / 100.0);

    public double Dot(UnitVector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>Angle to another place, radians; exact for near ones too, where an arc cosine would not be.</summary>
    public double AngleTo(UnitVector other)
    {
        var x = (Y * other.Z) - (Z * other.Y);
        var y = (Z * other.X) - (X * other.Z);
        var z = (X * other.Y) - (Y * other.X);
        return Math.Atan2(Math.Sqrt((x * x) + (y * y) + (z * z)), Dot(other));
    }

    /// <summary>This place turned by an angle towards a direction that is at right angles to it.</summary>
    public UnitVector Turned(UnitVector direction, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return new((X * cos) + (direction.X * sin), (Y * cos) + (direction.Y * sin), (Z * cos) + (direction.Z * sin));
    }

    /// <summary>Direction, at right angles to this place, in which another lies; any where there is none.</summary>
    public UnitVector DirectionTo(UnitVector other)
    {
        var along = Dot(other);
        var (x, y, z) = (other.X - (along * X), other.Y - (along * Y), other.Z - (along * Z));
        var length = Math.Sqrt((x * x) + (y * y) + (z * z));
        if (length > 1e-9)
        {
            return new(x / length, y / length, z / length);
        }

        return Math.Abs(Z) < 0.5 ? DirectionTo(new(0, 0, 1)) : DirectionTo(new(1, 0, 0));
    }
}
