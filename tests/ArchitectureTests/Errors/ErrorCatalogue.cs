using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcmrGateway.ArchitectureTests.Errors;

/// <summary>A reason that a service may give, as its proto has it.</summary>
/// <param name="Enum">Name of the enum, the same in proto and C#.</param>
/// <param name="Value">Name of the value in C#: without the enum's prefix, in PascalCase.</param>
internal readonly record struct ErrorReason(string Enum, string Value);

/// <summary>The reasons that the protos promise, and whether the services give them.</summary>
/// <remarks>
/// Reasons that hold for every service (who calls, what cannot be read) are given by the host, which knows them by the
/// name that goes over the wire, as "NOT_PERMITTED". They have to be in every catalogue.
/// </remarks>
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

    /// <summary>Reasons that the host gives for every service, as C# would spell them.</summary>
    public static IEnumerable<string> GivenByHost(SourceFile file) =>
        !file.IsUnder("src/EcmrGateway.Host/Errors")
            ? []
            : file.Syntax.DescendantNodes().OfType<LiteralExpressionSyntax>()
                .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))
                .Select(literal => literal.Token.ValueText)
                .Where(text => WireName().IsMatch(text))
                .Select(Pascal);

    public static IEnumerable<string> Unused(
        IReadOnlyCollection<SourceFile> protos, IReadOnlyCollection<SourceFile> sources)
    {
        var given = sources.SelectMany(Given).ToHashSet();
        var givenByHost = sources.SelectMany(GivenByHost).ToHashSet();
        return protos.SelectMany(Promised)
            .Where(reason => !given.Contains(reason) && !givenByHost.Contains(reason.Value))
            .Select(reason => $"{reason.Enum}.{reason.Value} is promised and never given");
    }

    /// <summary>What the host may answer in the name of any service, and a catalogue does not have.</summary>
    public static IEnumerable<string> Unpromised(
        IReadOnlyCollection<SourceFile> protos, IReadOnlyCollection<SourceFile> sources) =>
        from catalogue in protos.SelectMany(Promised).GroupBy(reason => reason.Enum, reason => reason.Value)
        from value in sources.SelectMany(GivenByHost).Distinct().Except(catalogue)
        select $"{catalogue.Key}.{value} is given by the host and not promised";

    private static string InCSharp(string enumName, string value)
    {
        var prefix = WordStart().Replace(enumName, "_$0").ToUpperInvariant() + "_";
        var bare = value.StartsWith(prefix, StringComparison.Ordinal) ? value[prefix.Length..] : value;
        return Pascal(bare);
    }

    private static string Pascal(string wireName) =>
        string.Concat(wireName.Split('_').Select(word => word[0] + word[1..].ToLowerInvariant()));

    [GeneratedRegex(@"^enum (?<name>\w+ErrorReason) \{(?<body>[^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*(?<name>[A-Z0-9_]+) = (?<number>\d+)", RegexOptions.Multiline)]
    private static partial Regex Value();

    [GeneratedRegex("^[A-Z]+(_[A-Z]+)*$")]
    private static partial Regex WireName();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
