using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcmrGateway.ArchitectureTests.Errors;

/// <summary>A reason that a service may give, as its proto has it.</summary>
/// <param name="Enum">Name of the enum, the same in proto and C#.</param>
/// <param name="Value">Name of the value in C#: without the enum's prefix, in PascalCase.</param>
internal readonly record struct ErrorReason(string Enum, string Value);

/// <summary>The reasons that the protos promise, and whether the services give them.</summary>
internal static partial class ErrorCatalogue
{
    /// <summary>Reasons of every *ErrorReason enum, without the zero value, which is never given.</summary>
    public static IEnumerable<ErrorReason> Promised(SourceFile proto) =>
        from declaration in Declaration().Matches(proto.Text)
        let name = declaration.Groups["name"].Value
        from value in Value().Matches(declaration.Groups["body"].Value)
        where value.Groups["number"].Value != "0"
        select new ErrorReason(name, InCSharp(name, value.Groups["name"].Value));

    /// <summary>Reasons that code names. A client that compares gives none, so only servers are asked.</summary>
    public static IEnumerable<ErrorReason> Given(SourceFile file) =>
        file.Project is "" or "EcmrGateway.Client" or "EcmrGateway.Cli"
            ? []
            : file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
                .Select(access => new ErrorReason(
                    Tidy.CodeRules.LastName(access.Expression), access.Name.Identifier.Text))
                .Where(reason => reason.Enum.EndsWith("ErrorReason", StringComparison.Ordinal));

    public static IEnumerable<string> Unused(IEnumerable<SourceFile> protos, IEnumerable<SourceFile> sources)
    {
        var given = sources.SelectMany(Given).ToHashSet();
        return protos.SelectMany(Promised)
            .Where(reason => !given.Contains(reason))
            .Select(reason => $"{reason.Enum}.{reason.Value} is promised and never given");
    }

    private static string InCSharp(string enumName, string value)
    {
        var prefix = WordStart().Replace(enumName, "_$0").ToUpperInvariant() + "_";
        var bare = value.StartsWith(prefix, StringComparison.Ordinal) ? value[prefix.Length..] : value;
        return string.Concat(bare.Split('_').Select(word => word[0] + word[1..].ToLowerInvariant()));
    }

    [GeneratedRegex(@"^enum (?<name>\w+ErrorReason) \{(?<body>[^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*(?<name>[A-Z0-9_]+) = (?<number>\d+)", RegexOptions.Multiline)]
    private static partial Regex Value();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
