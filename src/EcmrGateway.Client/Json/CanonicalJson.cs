using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EcmrGateway.Client.Json;

/// <summary>The JSON Canonicalization Scheme, RFC 8785.</summary>
public static class CanonicalJson
{
    private const int DepthMax = 64;

    /// <exception cref="JsonException">It is not JSON, is nested more than 64 deep, or has a member twice.</exception>
    /// <exception cref="FormatException">A number or text has no canonical form.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = DepthMax });
        var output = new StringBuilder(utf8.Length);
        Write(document.RootElement, output);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(output.ToString());
    }

    private static void Write(JsonElement element, StringBuilder output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                WriteArray(element, output);
                break;
            case JsonValueKind.String:
                WriteString(element.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Append(Number(element.GetDouble()));
                break;
            case JsonValueKind.True:
                output.Append("true");
                break;
            case JsonValueKind.False:
                output.Append("false");
                break;
            default:
                output.Append("null");
                break;
        }
    }

    // 3.2.3: members by their UTF-16 code units.
    private static void WriteObject(JsonElement element, StringBuilder output)
    {
        var members = element.EnumerateObject().ToArray();
        Array.Sort(members, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Append('{');
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name)
                {
                    throw new JsonException("A member is there twice.");
                }

                output.Append(',');
            }

            WriteString(members[i].Name, output);
            output.Append(':');
            Write(members[i].Value, output);
        }

        output.Append('}');
    }

    private static void WriteArray(JsonElement element, StringBuilder output)
    {
        output.Append('[');
        var first = true;
        foreach (var each in element.EnumerateArray())
        {
            if (!first)
            {
                output.Append(',');
            }

            first = false;
            Write(each, output);
        }

        output.Append(']');
    }

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    // 3.2.2.2: what must be escaped, in the shortest way; all else as it is.
    private static void WriteString(string text, StringBuilder output)
    {
        output.Append('"');
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is >= 0 and var at)
        {
            output.Append(rest[..at]);
            output.Append(rest[at] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                var control => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)control:x4}"),
            });
            rest = rest[(at + 1)..];
        }

        output.Append(rest).Append('"');
    }

    /// <summary>3.2.2.3: a double as ECMAScript writes it.</summary>
    internal static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new FormatException("A number without an end has no canonical form.");
        }

        if (value == 0)
        {
            return "0";
        }

        // Shortest digits that read back as the same double, as "-1.234E-005".
        var text = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 0; digits < 17; digits++)
        {
            var shorter = Math.Abs(value).ToString("E" + digits, CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture) == Math.Abs(value))
            {
                text = shorter;
                break;
            }
        }

        var split = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = text[..split].Replace(".", "", StringComparison.Ordinal);
        var point = int.Parse(text.AsSpan(split + 1), CultureInfo.InvariantCulture) + 1;
        return (value < 0 ? "-" : "") + Layout(mantissa, point);
    }

    // ECMA-262, Number::toString, steps 6 to 12: k digits, the decimal point after the n-th.
    private static string Layout(string digits, int n)
    {
        var k = digits.Length;
        if (k <= n && n <= 21)
        {
            return digits.PadRight(n, '0');
        }

        if (n is > 0 and <= 21)
        {
            return digits[..n] + "." + digits[n..];
        }

        if (n is > -6 and <= 0)
        {
            return "0." + new string('0', -n) + digits;
        }

        var exponent = (n > 0 ? "+" : "-") + Math.Abs(n - 1).ToString(CultureInfo.InvariantCulture);
        return (k == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + exponent;
    }
}
