using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EcmrGateway.UnitTests.Ingress.Read;

/// <summary>RFC 8785 for any JSON whose numbers are already short: the yardstick of the hand-ordered writer.</summary>
internal static class SortedJson
{
    public static string Write(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(document.RootElement, text);
        return text.ToString();
    }

    private static void Write(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var members = element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
                for (var index = 0; index < members.Count; index++)
                {
                    text.Append(index > 0 ? "," : "");
                    Write(members[index].Name, text);
                    text.Append(':');
                    Write(members[index].Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                for (var index = 0; index < element.GetArrayLength(); index++)
                {
                    text.Append(index > 0 ? "," : "");
                    Write(element[index], text);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Write(element.GetString()!, text);
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void Write(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var character in value)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        text.Append('"');
    }
}
