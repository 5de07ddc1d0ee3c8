using System.Text.RegularExpressions;

namespace EcmrGateway.ArchitectureTests.Tidy;

/// <summary>What buf does not know: the namespace of the generated C#.</summary>
internal static partial class ProtoRules
{
    /// <summary>The package is the folder, and the namespace is the package in C#'s spelling.</summary>
    public static IEnumerable<string> Packages(SourceFile file)
    {
        var folder = file.Path["protos/".Length..file.Path.LastIndexOf('/')].Replace('/', '.');
        var package = Package().Match(file.Text).Groups[1].Value;
        var wanted = string.Join('.', folder.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        var given = Namespace().Match(file.Text).Groups[1].Value;

        if (package != folder)
        {
            yield return file.At(1, $"package \"{package}\" in the folder of {folder}");
        }

        if (given != wanted)
        {
            yield return file.At(1, $"csharp_namespace \"{given}\" instead of {wanted}");
        }
    }

    [GeneratedRegex("^package ([a-z0-9_.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Package();

    [GeneratedRegex(
        "^option csharp_namespace = \"([A-Za-z0-9.]+)\";", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();
}
