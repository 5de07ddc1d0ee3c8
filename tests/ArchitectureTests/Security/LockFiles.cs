using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EcmrGateway.ArchitectureTests.Security;

/// <summary>Whether what is built from packages is always the same: exact versions, with the hash of each.</summary>
internal static partial class LockFiles
{
    private const string Central = "Directory.Packages.props";

    /// <summary>A version that can only be one, without a range or a star.</summary>
    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Exact();

    /// <summary>Faults of the central list and of the project files, each with a lock file beside it.</summary>
    public static IEnumerable<string> OfProjects(
        string centralXml, IEnumerable<(string Path, string Xml)> projects, Func<string, bool> exists)
    {
        foreach (var package in XDocument.Parse(centralXml).Descendants("PackageVersion"))
        {
            if (!Exact().IsMatch(package.Attribute("Version")?.Value ?? ""))
            {
                yield return $"{Central}: {package.Attribute("Include")?.Value} has no exact version";
            }
        }

        foreach (var (path, xml) in projects)
        {
            // What is only downloaded has no graph to lock; its version is in the project.
            var isDownload = xml.Contains("<PackageDownload", StringComparison.Ordinal);
            if (!isDownload && !exists(path[..(path.LastIndexOf('/') + 1)] + "packages.lock.json"))
            {
                yield return $"{path}: no packages.lock.json beside it";
            }

            foreach (var reference in XDocument.Parse(xml).Descendants("PackageReference")
                .Where(one => one.Attribute("Version") is not null || one.Attribute("VersionOverride") is not null))
            {
                yield return $"{path}: {reference.Attribute("Include")?.Value} has a version of its own";
            }
        }
    }

    /// <summary>Packages of a NuGet lock file without an exact version or a hash of their content.</summary>
    public static IEnumerable<string> OfNuGet(string path, string json)
    {
        using var document = JsonDocument.Parse(json);
        var packages = document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project");
        foreach (var package in packages)
        {
            if (!Exact().IsMatch(Text(package.Value, "resolved")) || Text(package.Value, "contentHash").Length < 80)
            {
                yield return $"{path}: {package.Name} is not locked";
            }
        }
    }

    /// <summary>Packages of an npm lock file without an exact version or a hash.</summary>
    public static IEnumerable<string> OfNpm(string path, string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var package in document.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.Length > 0))
        {
            if (!Exact().IsMatch(Text(package.Value, "version"))
                || !Text(package.Value, "integrity").StartsWith("sha512-", StringComparison.Ordinal))
            {
                yield return $"{path}: {package.Name} is not locked";
            }
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
