using System.Xml.Linq;

namespace EcmrGateway.ArchitectureTests.Arrows;

/// <summary>A project file, as far as the arrows go.</summary>
/// <param name="References">Names of the projects it refers to.</param>
/// <param name="Packages">Names of the packages it asks for itself.</param>
internal sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public static Project Parse(string name, string xml)
    {
        var document = XDocument.Parse(xml);
        return new(
            name,
            [.. Includes(document, "ProjectReference").Select(path =>
                Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference"), .. Includes(document, "FrameworkReference")]);
    }

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants().Where(node => node.Name.LocalName == element)
            .Select(node => node.Attribute("Include")?.Value ?? "");
}

/// <summary>Compares projects with a table of allowed arrows.</summary>
internal static class Projects
{
    public static IEnumerable<Project> UnderSrc() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Project.Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)));

    /// <summary>Arrows drawn and not allowed, and those allowed that nobody draws: dead text.</summary>
    public static IEnumerable<string> Differences(
        IEnumerable<Project> projects, IReadOnlyDictionary<string, string[]> allowed)
    {
        var drawn = projects.ToDictionary(project => project.Name, project => project.References);
        foreach (var name in drawn.Keys.Union(allowed.Keys).Order(StringComparer.Ordinal))
        {
            if (!allowed.TryGetValue(name, out var may))
            {
                yield return $"{name} is not in the table";
                continue;
            }

            if (!drawn.TryGetValue(name, out var does))
            {
                yield return $"{name} is in the table and not under src";
                continue;
            }

            foreach (var extra in does.Except(may))
            {
                yield return $"{name} -> {extra} is not allowed";
            }

            foreach (var missing in may.Except(does))
            {
                yield return $"{name} -> {missing} is allowed and not drawn";
            }
        }
    }

    /// <summary>What pure projects ask for. Analyzers come from Directory.Build.props, not from here.</summary>
    public static IEnumerable<string> Impurities(IEnumerable<Project> projects, IReadOnlyList<string> pure) =>
        projects.Where(project => pure.Contains(project.Name))
            .SelectMany(project => project.Packages.Select(package => $"{project.Name} asks for {package}"));
}
