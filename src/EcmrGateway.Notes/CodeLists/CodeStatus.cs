namespace EcmrGateway.Notes.CodeLists;

/// <summary>Standing of a code in a UN/ECE recommendation.</summary>
public enum CodeStatus
{
    /// <summary>Not in the list.</summary>
    Unknown,

    /// <summary>In use.</summary>
    Active,

    /// <summary>Still there, but not to be used any more.</summary>
    Deprecated,

    /// <summary>Taken out.</summary>
    Deleted,
}

/// <summary>Codes of one recommendation with their standing.</summary>
public sealed class CodeStatusList
{
    // Not frozen: freezing thousands of words costs more at start than it would save a look-up.
    private readonly Dictionary<string, CodeStatus> _codes;

    private CodeStatusList(Dictionary<string, CodeStatus> codes) => _codes = codes;

    public int Count => _codes.Count;

    public CodeStatus StatusOf(string code) => _codes.GetValueOrDefault(code, CodeStatus.Unknown);

    internal static CodeStatusList Load(string file)
    {
        var codes = new Dictionary<string, CodeStatus>(StringComparer.Ordinal);
        foreach (var line in EmbeddedCsv.Read(file).AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            var row = line;
            codes[EmbeddedCsv.Next(ref row).ToString()] = row switch
            {
                "A" => CodeStatus.Active,
                "D" => CodeStatus.Deprecated,
                _ => CodeStatus.Deleted,
            };
        }

        return new(codes);
    }
}
