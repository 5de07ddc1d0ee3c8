using System.Globalization;
using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Places;

/// <summary>Reads rows of places: code,name,latitude,longitude and, ignored, more.</summary>
internal static class LocodesReader
{
    private const string Header = "code,name,latitude,longitude";

    private const NumberStyles DegreesStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private const int RowsMax = 200_000;

    private const int ProblemsMax = 100;

    public static Locodes ReadBuiltIn()
    {
        var places = new Dictionary<string, LocodePlace>(StringComparer.Ordinal);
        foreach (var line in EmbeddedCsv.Read("locodes.csv").AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty && ReadRow(line, places) is { } problem)
            {
                throw new InvalidOperationException($"The built-in table of places is damaged: {problem}");
            }
        }

        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in EmbeddedCsv.Read("city-names.csv").AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                var row = line;
                var country = EmbeddedCsv.Next(ref row).ToString();
                aliases[CityIndex.Key(country, EmbeddedCsv.Next(ref row))] = row.ToString();
            }
        }

        return new(places, aliases);
    }

    /// <summary>Adds the rows to <paramref name="places"/>, and says which could not be read.</summary>
    public static IReadOnlyList<LocodeRowProblem> Read(TextReader reader, Dictionary<string, LocodePlace> places)
    {
        var problems = new List<LocodeRowProblem>();
        if (reader.ReadLine()?.StartsWith(Header, StringComparison.Ordinal) != true)
        {
            problems.Add(new(1, $"The header must be {Header}."));
            return problems;
        }

        for (var line = 2; reader.ReadLine() is { } row; line++)
        {
            if (line > RowsMax || problems.Count == ProblemsMax)
            {
                problems.Add(new(line, "The rest of the file was not read: too many rows or problems."));
                break;
            }

            if (row.Length > 0 && ReadRow(row, places) is { } problem)
            {
                problems.Add(new(line, problem));
            }
        }

        return problems;
    }

    /// <returns>What is wrong; null: the row was read.</returns>
    private static string? ReadRow(ReadOnlySpan<char> row, Dictionary<string, LocodePlace> places)
    {
        var code = EmbeddedCsv.Next(ref row).ToString();
        var name = EmbeddedCsv.Next(ref row);
        var latitude = EmbeddedCsv.Next(ref row);
        var longitude = EmbeddedCsv.Next(ref row);
        if (!Locode.TryParse(code, out _))
        {
            return "The code is not in the form of UN/LOCODE.";
        }

        if (!TryDegrees(latitude, out var north)
            || !TryDegrees(longitude, out var east)
            || !Coordinates.TryCreate(north, east, out var position))
        {
            return "Latitude and longitude must be degrees with a dot.";
        }

        places[code] = new(code, name.ToString(), position);
        return null;
    }

    private static bool TryDegrees(ReadOnlySpan<char> text, out double degrees) =>
        double.TryParse(text, DegreesStyle, CultureInfo.InvariantCulture, out degrees);
}
