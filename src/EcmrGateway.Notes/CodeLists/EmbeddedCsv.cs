namespace EcmrGateway.Notes.CodeLists;

/// <summary>Tables that travel inside the assembly: one header row, no quotes, no commas in values.</summary>
internal static class EmbeddedCsv
{
    /// <summary>Text of <paramref name="file"/> after its header row.</summary>
    public static string Read(string file)
    {
        var name = $"EcmrGateway.Notes.CodeLists.Data.{file}";
        using var stream = typeof(EmbeddedCsv).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its table {file}.");
        using var reader = new StreamReader(stream);
        _ = reader.ReadLine();
        return reader.ReadToEnd();
    }

    /// <summary>Cuts the first value off <paramref name="row"/>.</summary>
    public static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> row)
    {
        var comma = row.IndexOf(',');
        var value = comma < 0 ? row : row[..comma];
        row = comma < 0 ? [] : row[(comma + 1)..];
        return value;
    }
}
