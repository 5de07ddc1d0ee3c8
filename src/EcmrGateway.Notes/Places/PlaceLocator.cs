using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Places;

/// <summary>How a place was found on the map. Numbers as in ecmr.facts.v1.PointSource.</summary>
public enum PlaceSource
{
    /// <summary>Coordinates on the note.</summary>
    Coordinates = 1,

    /// <summary>The UN/LOCODE on the note.</summary>
    Locode = 2,

    /// <summary>The name of the city, looked up.</summary>
    City = 3,
}

/// <summary>A place on the map, and how it was found.</summary>
public readonly record struct LocatedPlace(Coordinates Position, PlaceSource Source);

/// <summary>Finds places on the map.</summary>
public static class PlaceLocator
{
    /// <summary>By coordinates, else by UN/LOCODE, else by the city's name. Null: not found.</summary>
    public static LocatedPlace? Locate(Place place, Locodes locodes)
    {
        // Nought and nought lies in the Gulf of Guinea: it is what software writes that knows no position.
        if (place.Coordinates is { } written && written != default)
        {
            return new(written, PlaceSource.Coordinates);
        }

        if (place.Locode is { } code && locodes.TryLocate(code, out var byCode))
        {
            return new(byCode, PlaceSource.Locode);
        }

        if (place.Country is not { } country)
        {
            return null;
        }

        return locodes.TryLocateCity(country, place.Address?.City ?? "", out var at)
            || locodes.TryLocateCity(country, place.Name, out at)
                ? new(at, PlaceSource.City)
                : null;
    }
}
