using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Movements;

/// <summary>A part of a note's carriage by one vehicle; see ecmr.facts.v1.Movement.</summary>
/// <remarks>
/// Its points say where the vehicle will be on the road. They are no input of a score: no factor may read this
/// namespace's places (Directive 2006/22/EC art. 4(4)); a test holds that.
/// </remarks>
public sealed record Movement
{
    /// <summary>Position of the note's ledger entry.</summary>
    public required long Position { get; init; }

    public required int Leg { get; init; }

    public required SubjectId Vehicle { get; init; }

    /// <summary>Who drives; null: the contracting carrier.</summary>
    public SubjectId? Carrier { get; init; }

    /// <summary>Milliseconds; actual where known, planned otherwise; null: not known.</summary>
    public long? StartMs { get; init; }

    /// <summary>Milliseconds; actual where known, planned otherwise; null: not known.</summary>
    public long? EndMs { get; init; }

    /// <summary>Whether the end is one that happened.</summary>
    public bool Ended { get; init; }

    /// <summary>Null: could not be located.</summary>
    public GeoPoint? First { get; init; }

    /// <summary>Null: could not be located.</summary>
    public GeoPoint? Last { get; init; }

    /// <summary>Maximum mass of the combination, kilograms; 0: not stated.</summary>
    public int MaxMassKg { get; init; }

    /// <summary>Axles of the combination; 0: not stated.</summary>
    public int Axles { get; init; }

    public int Trailers { get; init; }
}

/// <summary>WGS 84 position, hundredths of a degree.</summary>
public readonly record struct GeoPoint(int LatitudeCentidegrees, int LongitudeCentidegrees);

/// <summary>A circle on the map in which vehicles are ranked. A setting of the place, never of the score.</summary>
/// <param name="Id">Lower-case letters, digits and hyphens.</param>
public sealed record Area(string Id, string DisplayName, double Latitude, double Longitude, double RadiusKm);

/// <summary>Hours in which a vehicle is expected in an area; both inclusive, since 1970-01-01T00:00:00Z.</summary>
public readonly record struct Passage(string Area, int FirstHour, int LastHour);
