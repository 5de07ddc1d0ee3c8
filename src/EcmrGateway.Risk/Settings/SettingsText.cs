using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace EcmrGateway.Risk.Settings;

/// <summary>Text of settings that is the same for the same numbers, whatever the order of the source.</summary>
internal static class SettingsText
{
    public static string Of(object settings)
    {
        var lines = new List<string>();
        Write(settings, prefix: "", lines);
        lines.Sort(StringComparer.Ordinal);
        return string.Concat(lines);
    }

    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private static void Write(object settings, string prefix, List<string> lines)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var name = prefix + property.Name;
            var value = property.GetValue(settings);
            if (value is null or string or IFormattable or IEnumerable)
            {
                lines.Add($"{name}={TextOf(value)}\n");
            }
            else
            {
                Write(value, name + ".", lines);
            }
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(',', list.Cast<object>().Select(TextOf)),
        ScaleStep step => string.Create(CultureInfo.InvariantCulture, $"{step.Above}:{step.Points}"),
        TareBand band => string.Create(CultureInfo.InvariantCulture, $"{band.LimitKgMax}:{band.TareKg}"),
        _ => throw new ArgumentException($"Settings cannot hold a {value.GetType().Name}.", nameof(value)),
    };
}
