using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EcmrGateway.UnitTests.Ingress.Read;

/// <summary>Two valid and different values for every field of the schema.</summary>
internal static class FullNoteValues
{
    private static readonly Dictionary<string, string[]> ByName = new()
    {
        ["note_id"] = ["01926d3a-5b1c-7c4e-9d2f-0123456789ab", "01926d3a-5b1c-7c4e-9d2f-0123456789ac"],
        ["event_id"] = ["11926d3a-5b1c-7c4e-9d2f-0123456789ab", "11926d3a-5b1c-7c4e-9d2f-0123456789ac"],
        ["note_number"] = ["ECMR-2026/1", "ECMR-2026/2"],
        ["language"] = ["nl", "de"],
        ["country"] = ["NL", "DE"],
        ["country_of_origin"] = ["FR", "BE"],
        ["locode"] = ["NLRTM", "NLAMS"],
        ["un_number"] = ["1203", "0004"],
        ["plate"] = ["12-ABC-3", "12-ABD-3"],
        ["currency"] = ["EUR", "CHF"],
        ["value"] = ["607.5", "608.25"],
        ["amount"] = ["1250", "1250.01"],
    };

    private static int _unique;

    public static object Of(FieldDescriptor field, string path, int index) => field.FieldType switch
    {
        FieldType.String => Text(field, path, index),
        FieldType.Bool => index == 0,
        FieldType.Double => 51.9225 + index,
        FieldType.Int32 or FieldType.SInt32 => 7 + index,
        FieldType.Int64 when field.Name == "seconds" => 1_795_600_000L + index,
        FieldType.Int64 => 9_007_199_254_740_993L + index,
        FieldType.Bytes => ByteString.CopyFrom([.. Enumerable.Repeat((byte)(0xF0 + index), 32)]),
        FieldType.Enum => 1 + index,
        _ => throw new UnreachableException($"No value for {path}."),
    };

    private static string Text(FieldDescriptor field, string path, int index)
    {
        var owner = field.ContainingType.Name;
        if (field.Name == "unit")
        {
            return path.Contains("temperature", StringComparison.Ordinal) ? index == 0 ? "CEL" : ""
                : path.Contains(".volume.", StringComparison.Ordinal) ? index == 0 ? "MTQ" : "LTR"
                : index == 0 ? "KGM" : "TNE";
        }

        var known = ByName.TryGetValue(field.Name, out var values)
            && (field.Name != "value" || owner == "Measure")
            && (field.Name != "amount" || owner == "Money");
        return known ? values![index] : $"t{Interlocked.Increment(ref _unique)}";
    }
}
