using System.Collections.Frozen;
using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Adr;

/// <summary>Whether and how the goods of a row of Table A may be carried.</summary>
public enum Carriage
{
    /// <summary>Under ADR.</summary>
    Normal,

    /// <summary>Not at all.</summary>
    Prohibited,

    /// <summary>Free of ADR.</summary>
    NotSubject,
}

/// <summary>A row of ADR Table A, chapter 3.2, as far as a note can be held against it.</summary>
/// <param name="Labels">Label models, main one first; empty: none, or a provision in their place.</param>
/// <param name="TransportCategory">"0" to "4"; empty: none.</param>
/// <param name="TunnelCode">As "D/E"; "-" where no tunnel is restricted; empty: none.</param>
public sealed record TableARow(
    UnNumber UnNumber,
    string Class,
    string ClassificationCode,
    PackingGroup PackingGroup,
    IReadOnlyList<string> Labels,
    string TransportCategory,
    string TunnelCode,
    Carriage Carriage);

/// <summary>ADR Table A by UN number; its edition and its doubts are in the data folder's README.</summary>
public static class TableA
{
    private static readonly FrozenDictionary<int, TableARow[]> Rows = Load();

    /// <summary>Number of UN numbers.</summary>
    public static int Count => Rows.Count;

    /// <summary>All rows of a UN number; empty: it is not in the table.</summary>
    public static IReadOnlyList<TableARow> Of(UnNumber number) => Rows.GetValueOrDefault(number.Value, []);

    private static FrozenDictionary<int, TableARow[]> Load()
    {
        var rows = new List<TableARow>();
        foreach (var line in EmbeddedCsv.Read("adr-table-a.csv").AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                rows.Add(ReadRow(line));
            }
        }

        return rows.GroupBy(row => row.UnNumber.Value).ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    private static TableARow ReadRow(ReadOnlySpan<char> row)
    {
        if (!UnNumber.TryParse(EmbeddedCsv.Next(ref row), out var number))
        {
            throw new InvalidOperationException("The built-in Table A is damaged.");
        }

        return new(
            number,
            EmbeddedCsv.Next(ref row).ToString(),
            EmbeddedCsv.Next(ref row).ToString(),
            PackingGroupOf(EmbeddedCsv.Next(ref row)),
            LabelsOf(EmbeddedCsv.Next(ref row).ToString()),
            WithoutDash(EmbeddedCsv.Next(ref row)),
            EmbeddedCsv.Next(ref row).ToString(),
            row switch { "P" => Carriage.Prohibited, "F" => Carriage.NotSubject, _ => Carriage.Normal });
    }

    private static PackingGroup PackingGroupOf(ReadOnlySpan<char> text) => text switch
    {
        "I" => PackingGroup.I,
        "II" => PackingGroup.II,
        "III" => PackingGroup.III,
        _ => PackingGroup.Unspecified,
    };

    // "see 5.2.2.1.12" and "none" name no label.
    private static string[] LabelsOf(string text) =>
        text.Length > 0 && char.IsAsciiDigit(text[0]) ? text.Split('+') : [];

    private static string WithoutDash(ReadOnlySpan<char> text) => text is "-" ? "" : text.ToString();
}
