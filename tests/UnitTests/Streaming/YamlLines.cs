namespace EcmrGateway.UnitTests.Streaming;

/// <summary>The keys of a YAML document with the values beside them, read line by line.</summary>
/// <remarks>
/// It reads block mappings, lists in brackets, lists of dashes and quoted values: what asyncapi.yaml is written in.
/// The text of a folded value is passed over.
/// </remarks>
internal static class YamlLines
{
    /// <returns>By path, such as "channels/facts/address"; a list has its items, any other key one value or none.
    /// </returns>
    public static IReadOnlyDictionary<string, string[]> Read(string text)
    {
        Dictionary<string, string[]> read = [];
        List<(int Indent, string Key)> path = [];
        var foldedBelow = int.MaxValue;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var content = line.Trim();
            var indent = line.Length - line.TrimStart().Length;
            if (content.Length == 0 || content[0] == '#' || indent > foldedBelow)
            {
                continue;
            }

            foldedBelow = int.MaxValue;
            path.RemoveAll(key => key.Indent >= indent);
            if (content.StartsWith("- ", StringComparison.Ordinal))
            {
                read[PathOf(path)] = [.. read[PathOf(path)], Bare(content[2..])];
                continue;
            }

            var colon = content.IndexOf(':', StringComparison.Ordinal);
            var value = content[(colon + 1)..].Trim();
            path.Add((indent, content[..colon]));
            read.Add(PathOf(path), value is ">-" ? [] : ItemsOf(value));
            foldedBelow = value is ">-" ? indent : int.MaxValue;
        }

        return read;
    }

    /// <summary>Keys right under a path.</summary>
    public static IEnumerable<string> Under(this IReadOnlyDictionary<string, string[]> read, string path) =>
        read.Keys.Where(key => key.StartsWith($"{path}/", StringComparison.Ordinal))
            .Select(key => key[(path.Length + 1)..])
            .Where(key => !key.Contains('/', StringComparison.Ordinal));

    private static string[] ItemsOf(string value) => value switch
    {
        "" => [],
        ['[', .. var items, ']'] => [.. items.Split(',').Select(item => Bare(item.Trim()))],
        _ => [Bare(value)],
    };

    private static string Bare(string value) => value is ['\'', .. var quoted, '\''] ? quoted : value;

    private static string PathOf(List<(int Indent, string Key)> path) =>
        string.Join('/', path.Select(part => part.Key));
}
