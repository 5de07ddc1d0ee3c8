using System.Text.Json;
using Ecmr.Note.V1;
using EcmrGateway.Client.Dialects;
using Google.Protobuf.Reflection;

namespace EcmrGateway.Client.Json;

/// <summary>Compares a JSON document with the fields of the note and tells every difference by its path.</summary>
/// <remarks>The parser of Protobuf stops at the first one and names no path.</remarks>
internal static class NoteJsonShape
{
    private const int RemarksMax = 100;

    public static IReadOnlyList<ReadingRemark> Check(JsonElement root)
    {
        var remarks = new List<ReadingRemark>();
        Message(root, ConsignmentNote.Descriptor, "$", remarks);
        return remarks;
    }

    private static void Message(JsonElement element, MessageDescriptor type, string path, List<ReadingRemark> remarks)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(remarks, path, $"An object is expected here, not {Name(element)}.");
            return;
        }

        var seen = new HashSet<int>();
        foreach (var member in element.EnumerateObject())
        {
            var at = path == "$" ? member.Name : $"{path}.{member.Name}";
            if (FieldOf(type, member.Name) is not { } field)
            {
                Add(remarks, at, "There is no such field.");
            }
            else if (!seen.Add(field.FieldNumber))
            {
                Add(remarks, at, "The field is there twice.");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Field(member.Value, field, at, remarks);
            }
        }
    }

    private static void Field(JsonElement element, FieldDescriptor field, string path, List<ReadingRemark> remarks)
    {
        if (!field.IsRepeated)
        {
            Value(element, field, path, remarks);
            return;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            Add(remarks, path, $"A list is expected here, not {Name(element)}.");
            return;
        }

        var index = 0;
        foreach (var each in element.EnumerateArray())
        {
            Value(each, field, $"{path}[{index++}]", remarks);
        }
    }

    private static void Value(JsonElement element, FieldDescriptor field, string path, List<ReadingRemark> remarks)
    {
        // Timestamp is a string in JSON; the parser checks its form.
        if (field.FieldType == FieldType.Message && field.MessageType.File.Package != "google.protobuf")
        {
            Message(element, field.MessageType, path, remarks);
            return;
        }

        var fits = field.FieldType switch
        {
            FieldType.Bool => element.ValueKind is JsonValueKind.True or JsonValueKind.False,
            FieldType.String or FieldType.Bytes or FieldType.Message => element.ValueKind is JsonValueKind.String,
            FieldType.Enum => FitsEnum(element, field.EnumType),
            _ => element.ValueKind is JsonValueKind.Number or JsonValueKind.String,
        };
        if (!fits)
        {
            Add(remarks, path, $"{Expected(field)} is expected here, not {Name(element)}.");
        }
    }

    private static bool FitsEnum(JsonElement element, EnumDescriptor type) => element.ValueKind switch
    {
        JsonValueKind.String => type.FindValueByName(element.GetString()!) is not null,
        JsonValueKind.Number => element.TryGetInt32(out var number) && type.FindValueByNumber(number) is not null,
        _ => false,
    };

    private static FieldDescriptor? FieldOf(MessageDescriptor type, string name)
    {
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field.JsonName == name || field.Name == name)
            {
                return field;
            }
        }

        return null;
    }

    private static string Expected(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bool => "true or false",
        FieldType.Enum => $"A name of {field.EnumType.Name}",
        FieldType.String or FieldType.Bytes or FieldType.Message => "Text",
        _ => "A number",
    };

    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "this text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static void Add(List<ReadingRemark> remarks, string path, string reason)
    {
        if (remarks.Count < RemarksMax)
        {
            remarks.Add(new(RemarkKind.Unreadable, path, reason));
        }
    }
}
