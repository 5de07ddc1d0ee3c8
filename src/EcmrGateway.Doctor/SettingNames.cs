using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace EcmrGateway.Doctor;

/// <summary>Finds settings that nobody reads, as a misspelt name is.</summary>
public static class SettingNames
{
    /// <summary>A name that differs by more is another one.</summary>
    private const int TyposMax = 3;

    /// <returns>A line for each name in the sections that their options do not have.</returns>
    public static IEnumerable<string> Unknown(
        IConfiguration configuration, IEnumerable<(string Section, Type Options)> sections) =>
        sections.SelectMany(known => Unknown(configuration.GetSection(known.Section), known.Options));

    private static IEnumerable<string> Unknown(IConfigurationSection section, Type options)
    {
        var names = options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!names.TryGetValue(child.Key, out var property))
            {
                yield return $"{child.Path} is no setting{Nearest(child.Key, names.Keys, section.Path)}";
            }
            else if (property.PropertyType is { IsClass: true, Namespace: { } space }
                && space.StartsWith(nameof(EcmrGateway), StringComparison.Ordinal))
            {
                foreach (var below in Unknown(child, property.PropertyType))
                {
                    yield return below;
                }
            }
        }
    }

    private static string Nearest(string name, IEnumerable<string> names, string section)
    {
        var (nearest, distance) = names.Select(known => (known, Distance(name, known))).MinBy(known => known.Item2);
        return distance <= TyposMax ? $"; did you mean {section}:{nearest}?" : ".";
    }

    /// <summary>Letters to add, leave out or change (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, _) = (row[0], row[0] = i);
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]) ? 0 : 1;
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + same);
                (diagonal, row[j]) = (row[j], next);
            }
        }

        return row[^1];
    }
}
