namespace EcmrGateway.ArchitectureTests.Arrows;

/// <summary>The table of arrows in src/ARCHITECTURE.md.</summary>
internal static class ArrowTable
{
    private const string Header = "| project | may reference |";

    /// <summary>Rows under the header, until the first line that is no row. "-" stands for no reference.</summary>
    public static IEnumerable<Project> Parse(string markdown) =>
        markdown.ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(line => line != Header)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Project(Full(cells[0]), References(cells[1]), []));

    private static string[] References(string cell) =>
        cell == "-" ? [] : [.. cell.Split(',', StringSplitOptions.TrimEntries).Select(Full)];

    private static string Full(string name) => "EcmrGateway." + name;
}
