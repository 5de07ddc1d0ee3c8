namespace EcmrGateway.ArchitectureTests.Tidy;

public sealed class CodeRulesTests
{
    [Fact]
    public void A_region_is_found() =>
        Assert.Single(CodeRules.Regions(File("class C\n{\n#reg" + "ion Fields\n#endregion\n}\n")));

    [Theory]
    [InlineData("// note.Check(findings);")]
    [InlineData("// var total = a + b;")]
    [InlineData("//return Sum(a);")]
    public void A_statement_in_a_comment_is_found(string comment) =>
        Assert.Single(CodeRules.CommentedOutCode(File($"class C\n{{\n    {comment}\n}}\n")));

    [Theory]
    [InlineData("// The cursor moves after the answer; before it, a fact could be lost.")]
    [InlineData("// Not retried (a second flush would report success for bytes that are gone);")]
    [InlineData("// one thing;")]
    public void A_sentence_in_a_comment_is_fine(string comment) =>
        Assert.Empty(CodeRules.CommentedOutCode(File($"class C\n{{\n    {comment}\n}}\n")));

    [Theory]
    [InlineData("Console.WriteLine(1)")]
    [InlineData("System.Console.Write(1)")]
    [InlineData("Console.Error.Flush()")]
    public void A_write_to_the_console_is_found(string call) =>
        Assert.Single(CodeRules.ConsoleWrites(
            new("src/EcmrGateway.Ledger/A.cs", $"class C {{ void M() {{ {call}; }} }}")));

    [Theory]
    [InlineData("Console.Error.Flush()", 0)]
    [InlineData("Console.WriteLine(1)", 1)]
    public void The_host_may_say_why_it_cannot_start_and_no_more(string call, int problems) =>
        Assert.Equal(problems, CodeRules.ConsoleWrites(
            new("src/EcmrGateway.Host/A.cs", $"class C {{ void M() {{ {call}; }} }}")).Count());

    [Fact]
    public void The_command_line_and_the_tests_may_write_to_the_console()
    {
        const string Text = "class C { void M() { Console.Out.Flush(); AnsiConsole.WriteLine(1); } }";

        Assert.Empty(CodeRules.ConsoleWrites(new("src/EcmrGateway.Cli/A.cs", Text)));
        Assert.Empty(CodeRules.ConsoleWrites(new("tests/Faults/A.cs", Text)));
    }

    [Fact]
    public void A_suppression_without_a_reason_is_found()
    {
        Assert.Single(CodeRules.SilentSuppressions(File("#pragma warning disable CA1822\nclass C;\n")));
        Assert.Single(CodeRules.SilentSuppressions(File("[SuppressMessage(\"Style\", \"X1\")] class C;")));
    }

    [Fact]
    public void A_suppression_with_a_reason_is_fine()
    {
        Assert.Empty(CodeRules.SilentSuppressions(File(
            "#pragma warning disable CA1822 // Called by name.\nclass C;\n#pragma warning restore CA1822\n")));
        Assert.Empty(CodeRules.SilentSuppressions(File(
            "[SuppressMessage(\"Style\", \"X1\", Justification = \"Why.\")] class C;")));
    }

    private static SourceFile File(string text) => new("src/EcmrGateway.Host/A.cs", text);
}
