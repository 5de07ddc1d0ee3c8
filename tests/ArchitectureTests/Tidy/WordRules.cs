using System.Text.RegularExpressions;

namespace EcmrGateway.ArchitectureTests.Tidy;

/// <summary>Words that no file of the repository may hold.</summary>
/// <remarks>The words are put together here, so that this file does not hold them either.</remarks>
internal static class WordRules
{
    private static readonly Regex Unfinished = new(
        $@"\b({string.Join('|', "TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception")})\b",
        RegexOptions.CultureInvariant);

    /// <summary>Folders of one machine: absolute, so that no name, dot or variable stands before the slash.</summary>
    private static readonly Regex MachinePath = new(
        $@"(?<![\w./~$}}\-])/({string.Join('|', "wo" + "rk", "ro" + "ot", "tm" + "p/h", "ho" + "me/[a-z]+")})(/|\b)"
        + @"|\b[A-Z]:\\Us" + "ers",
        RegexOptions.CultureInvariant);

    private static readonly Regex RegistryHost = new(
        string.Join(
            '|', @"registry\.np" + "mjs", "nuget" + @"\.org", "docker" + @"\.io", "pypi" + @"\.org",
            "arti" + "factory", "\"resol" + "ved\": *\"http"),
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static IEnumerable<string> UnfinishedWork(SourceFile file) => Find(file, Unfinished, "unfinished work");

    public static IEnumerable<string> MachinePaths(SourceFile file) => Find(file, MachinePath, "path of one machine");

    public static IEnumerable<string> RegistryHosts(SourceFile file) => Find(file, RegistryHost, "host of a registry");

    private static IEnumerable<string> Find(SourceFile file, Regex words, string what) =>
        file.Lines.Index()
            .Select(line => (Number: line.Index + 1, Match: words.Match(line.Item)))
            .Where(line => line.Match.Success)
            .Select(line => file.At(line.Number, $"{what}: {line.Match.Value}"));
}
