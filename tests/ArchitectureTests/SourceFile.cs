using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EcmrGateway.ArchitectureTests;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(Text).GetRoot());

    /// <summary>The file read as C#.</summary>
    public SyntaxNode Syntax => _syntax.Value;

    /// <summary>Lines without their ends; what follows a final line end is no line.</summary>
    public IReadOnlyList<string> Lines { get; } = Split(Text);

    /// <summary>Name of the folder under src that the file is in; empty: it is not under src.</summary>
    public string Project => IsUnder("src") ? Path.Split('/')[1] : "";

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>A finding at a node, as "path:line: text".</summary>
    public string At(SyntaxNodeOrToken place, string text) => At(LineOf(place.SpanStart), text);

    public string At(int line, string text) => $"{Path}:{line}: {text}";

    public int LineOf(int position) => Syntax.SyntaxTree.GetText().Lines.GetLinePosition(position).Line + 1;

    private static string[] Split(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
