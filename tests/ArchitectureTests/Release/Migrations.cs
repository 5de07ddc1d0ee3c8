using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EcmrGateway.ArchitectureTests.Release;

/// <summary>Migrations of the tables in PostgreSQL, as decision 11 lays them down: forward only, and never edited.
/// </summary>
internal static partial class Migrations
{
    public const string Folder = "src/EcmrGateway.Ledger/Postgres/Migrations";

    /// <summary>Numbers without a gap from 1 on; those that are released are as they were.</summary>
    /// <param name="released">Name of the file to the hash that <see cref="HashOf"/> gives.</param>
    public static IEnumerable<string> Faults(
        IReadOnlyList<SourceFile> files, IReadOnlyDictionary<string, string> released)
    {
        foreach (var (index, file) in files.OrderBy(file => file.Path, StringComparer.Ordinal).Index())
        {
            var number = (index + 1).ToString("0000", CultureInfo.InvariantCulture);
            if (!Path.GetFileName(file.Path).StartsWith(number + "_", StringComparison.Ordinal))
            {
                yield return $"{file.Path}: a migration {number} should come here";
            }

            if (released.TryGetValue(Path.GetFileName(file.Path), out var hash) && hash != HashOf(file))
            {
                yield return $"{file.Path}: it may be in databases already; write the next one instead";
            }
        }

        foreach (var gone in released.Keys.Except(files.Select(file => Path.GetFileName(file.Path))))
        {
            yield return $"{gone}: it is in databases already and cannot go";
        }
    }

    /// <summary>Statements that would take from a running program what it reads or writes.</summary>
    public static IEnumerable<string> Removals(SourceFile file) => Removal().Matches(Comment().Replace(file.Text, ""))
        .Select(match => $"{file.Path}: {match.Value}");

    public static string HashOf(SourceFile file) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(file.Text.ReplaceLineEndings("\n"))))[..16];

    [GeneratedRegex("--.*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"\bDROP\s+(TABLE|COLUMN|FUNCTION|SCHEMA|ROLE|TYPE|VIEW)\b|\bRENAME\b|\bTRUNCATE\b|\bSET\s+NOT\s+NULL\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Removal();
}
