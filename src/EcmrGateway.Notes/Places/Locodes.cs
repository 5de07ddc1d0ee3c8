using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Places;

/// <summary>Where places are: by UN/LOCODE, and by country and name of the city. Never changes once built.</summary>
public sealed class Locodes
{
    private static readonly Lazy<Locodes> Loaded = new(LocodesReader.ReadBuiltIn);

    // Not frozen: freezing thousands of words costs more at start than it would save a look-up.
    private readonly Dictionary<string, LocodePlace> _byCode;

    private readonly Dictionary<string, Coordinates>.AlternateLookup<ReadOnlySpan<char>> _byCity;

    private readonly Dictionary<string, string> _aliases;

    internal Locodes(Dictionary<string, LocodePlace> places, Dictionary<string, string> aliases)
    {
        _byCode = places;
        _byCity = CityIndex.Build(places, aliases).GetAlternateLookup<ReadOnlySpan<char>>();
        _aliases = aliases;
    }

    /// <summary>The built-in table of European logistics places; loaded on first use.</summary>
    public static Locodes BuiltIn => Loaded.Value;

    /// <summary>Number of places.</summary>
    public int Count => _byCode.Count;

    /// <summary>Position of a place by its code.</summary>
    public bool TryLocate(Locode code, out Coordinates position)
    {
        var found = _byCode.TryGetValue(code.Value, out var place);
        position = place.Position;
        return found;
    }

    /// <summary>
    /// Position of a city by its name as written. False too where two places far apart share the name.
    /// </summary>
    public bool TryLocateCity(CountryCode country, ReadOnlySpan<char> city, out Coordinates position)
    {
        Span<char> key = stackalloc char[CityNames.LengthMax + 2];
        country.Value.CopyTo(key);
        var folded = CityNames.Fold(city, key[2..]);
        position = default;
        return country.Value.Length == 2
            && !folded.IsEmpty
            && _byCity.TryGetValue(key[..(2 + folded.Length)], out position);
    }

    /// <summary>These places and those of a file, which come first where both have a code.</summary>
    /// <param name="path">
    /// UTF-8 with the header "code,name,latitude,longitude", degrees with a dot, no quotes; at most 200,000 rows.
    /// </param>
    public LocodesReading WithFile(string path)
    {
        using var reader = new StreamReader(path);
        return WithPlaces(reader);
    }

    /// <inheritdoc cref="WithFile"/>
    public LocodesReading WithPlaces(TextReader reader)
    {
        var places = new Dictionary<string, LocodePlace>(_byCode, StringComparer.Ordinal);
        var problems = LocodesReader.Read(reader, places);
        return new(new Locodes(places, _aliases), problems);
    }
}

/// <summary>Places read from a file, and the rows that could not be read.</summary>
public sealed record LocodesReading(Locodes Locodes, IReadOnlyList<LocodeRowProblem> Problems);

/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Problem">What is wrong with it.</param>
public readonly record struct LocodeRowProblem(int Line, string Problem);

/// <summary>A row of the table.</summary>
internal readonly record struct LocodePlace(string Code, string Name, Coordinates Position);
