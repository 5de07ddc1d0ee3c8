using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcmrGateway.ArchitectureTests.Security;

/// <summary>Tests that a document names, as `Class.Method`, and those that there are.</summary>
internal static partial class NamedTests
{
    /// <summary>"Class.Method" of every fact and theory. A class that inherits a suite is not looked through.</summary>
    public static HashSet<string> In(IEnumerable<SourceFile> files) =>
    [
        .. files.Where(file => file.IsUnder("tests"))
            .SelectMany(file => file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(IsTest)
            .Select(method => method.Parent is TypeDeclarationSyntax type
                ? $"{type.Identifier.Text}.{method.Identifier.Text}"
                : ""),
    ];

    /// <summary>Names in a text that look like tests: in back quotes, a sentence with underscores as method.</summary>
    public static IEnumerable<string> NamedBy(string text) =>
        Name().Matches(text).Select(match => match.Groups[1].Value);

    public static IEnumerable<string> Missing(SourceFile document, IReadOnlySet<string> tests) =>
        NamedBy(document.Text).Where(name => !tests.Contains(name))
            .Select(name => $"{document.Path}: there is no test {name}");

    private static bool IsTest(MethodDeclarationSyntax method) => method.AttributeLists
        .SelectMany(list => list.Attributes)
        .Any(attribute => attribute.Name.ToString() is "Fact" or "Theory");

    [GeneratedRegex(@"`([A-Z]\w+\.[A-Z]\w*_\w+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
