using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcmrGateway.ArchitectureTests.Tidy;

/// <summary>How long files, methods and lines may be.</summary>
internal static class SizeRules
{
    public const int FileLinesMax = 300;
    public const int MethodLinesMax = 60;
    public const int LineColumnsMax = 120;

    /// <summary>Where the reason for a long file has to stand, so that a reader meets it first.</summary>
    private const int ReasonWithinLines = 10;

    private const string Reason = "// Long because: ";

    public static IEnumerable<string> FileLength(SourceFile file)
    {
        if (file.Lines.Count > FileLinesMax && !file.Lines.Take(ReasonWithinLines).Any(GivesReason))
        {
            yield return file.At(1, $"{file.Lines.Count} lines and no \"{Reason}...\"; at most {FileLinesMax}");
        }
    }

    public static IEnumerable<string> LineLength(SourceFile file) =>
        file.Lines.Index()
            .Where(line => line.Item.Length > LineColumnsMax)
            .Select(line => file.At(line.Index + 1, $"{line.Item.Length} columns; at most {LineColumnsMax}"));

    /// <summary>Methods, constructors, operators, accessors and local functions, from signature to end.</summary>
    /// <remarks>Attributes do not count: a theory may have many rows. Top-level statements count together.</remarks>
    public static IEnumerable<string> MethodLength(SourceFile file) =>
        file.Syntax.DescendantNodes()
            .Where(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                or LocalFunctionStatementSyntax)
            .Select(node => (Start: FirstToken(node).SpanStart, node.Span.End))
            .Concat(TopLevel(file.Syntax))
            .Select(span => (First: file.LineOf(span.Start), Last: file.LineOf(span.End)))
            .Where(lines => lines.Last - lines.First + 1 > MethodLinesMax)
            .Select(lines => file.At(
                lines.First, $"a method of {lines.Last - lines.First + 1} lines; at most {MethodLinesMax}"));

    private static bool GivesReason(string line) =>
        line.StartsWith(Reason, StringComparison.Ordinal) && line.Trim().Length > Reason.Length;

    private static SyntaxToken FirstToken(SyntaxNode node)
    {
        var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        return attributes is null ? node.GetFirstToken() : attributes.GetLastToken().GetNextToken();
    }

    private static IEnumerable<(int Start, int End)> TopLevel(SyntaxNode root)
    {
        var statements = root.ChildNodes().OfType<GlobalStatementSyntax>()
            .Where(statement => statement.Statement is not LocalFunctionStatementSyntax).ToArray();
        return statements.Length == 0 ? [] : [(statements[0].SpanStart, statements[^1].Span.End)];
    }
}
