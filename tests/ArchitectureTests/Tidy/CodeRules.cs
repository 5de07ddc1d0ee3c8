using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcmrGateway.ArchitectureTests.Tidy;

/// <summary>Constructs that the style guide rules out.</summary>
internal static class CodeRules
{
    public static IEnumerable<string> Regions(SourceFile file) =>
        file.Syntax.DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
            .Select(trivia => file.At(file.LineOf(trivia.SpanStart), "a region hides what should be split"));

    /// <summary>Line comments that are statements.</summary>
    /// <remarks>A sentence may end with a semicolon too, so a call or an assignment has to be in it.</remarks>
    public static IEnumerable<string> CommentedOutCode(SourceFile file) =>
        file.Syntax.DescendantTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            .Where(trivia => IsStatement(trivia.ToString().TrimStart('/').Trim()))
            .Select(trivia => file.At(file.LineOf(trivia.SpanStart), "commented-out code"));

    /// <summary>The command line writes to the console; everything else logs.</summary>
    /// <remarks>
    /// The host may say on standard error why it cannot start: nothing is there yet that could log. A command of the
    /// host has its result on standard output.
    /// </remarks>
    public static IEnumerable<string> ConsoleWrites(SourceFile file) =>
        file.Project is "" or "EcmrGateway.Cli"
            ? []
            : file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
                .Where(access => LastName(access.Expression) == "Console")
                .Where(access => access.Name.Identifier.Text is "Write" or "WriteLine"
                    || (access.Name.Identifier.Text == "Out" && !IsCommandOfHost(file))
                    || (access.Name.Identifier.Text == "Error" && file.Project != "EcmrGateway.Host"))
                .Select(access => file.At(access, $"Console.{access.Name} outside the command line"));

    private static bool IsCommandOfHost(SourceFile file) =>
        file.Project == "EcmrGateway.Host" && file.Path.EndsWith("Command.cs", StringComparison.Ordinal);

    /// <summary>A suppression says why: a comment after the pragma, a Justification in the attribute.</summary>
    public static IEnumerable<string> SilentSuppressions(SourceFile file)
    {
        var pragmas = file.Syntax.DescendantTrivia()
            .Select(trivia => trivia.GetStructure())
            .OfType<PragmaWarningDirectiveTriviaSyntax>()
            .Where(pragma => pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword))
            .Where(pragma => !pragma.ToFullString().Contains("//", StringComparison.Ordinal))
            .Select(pragma => file.At(pragma, "a warning is switched off without a reason on the line"));

        var attributes = file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            .Where(attribute => LastName(attribute.Name) == "SuppressMessage")
            .Where(attribute => attribute.ArgumentList?.Arguments
                .Any(argument => argument.NameEquals?.Name.Identifier.Text == "Justification") != true)
            .Select(attribute => file.At(attribute, "a message is suppressed without a Justification"));

        return pragmas.Concat(attributes);
    }

    internal static string LastName(SyntaxNode name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.Text,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        _ => "",
    };

    private static bool IsStatement(string text) =>
        text.EndsWith(';')
        && text.IndexOfAny(['(', '=']) >= 0
        && !SyntaxFactory.ParseStatement(text).ContainsDiagnostics;
}
