namespace EcmrGateway.ArchitectureTests.Tidy;

public sealed class SizeRulesTests
{
    [Fact]
    public void A_file_of_301_lines_is_found() =>
        Assert.Single(SizeRules.FileLength(File(Lines(SizeRules.FileLinesMax + 1))));

    [Fact]
    public void A_file_of_300_lines_is_fine() =>
        Assert.Empty(SizeRules.FileLength(File(Lines(SizeRules.FileLinesMax))));

    [Fact]
    public void A_long_file_may_say_why() =>
        Assert.Empty(SizeRules.FileLength(File("// Long because: one table.\n" + Lines(SizeRules.FileLinesMax))));

    [Fact]
    public void A_long_file_that_says_why_too_late_is_found() =>
        Assert.Single(SizeRules.FileLength(File(Lines(SizeRules.FileLinesMax) + "// Long because: one table.\n")));

    [Fact]
    public void A_long_file_that_gives_no_reason_is_found() =>
        Assert.Single(SizeRules.FileLength(File("// Long because: \n" + Lines(SizeRules.FileLinesMax))));

    [Fact]
    public void A_line_of_121_columns_is_found_with_its_number() =>
        Assert.Equal(
            ["src/A.cs:2: 121 columns; at most 120"],
            SizeRules.LineLength(File("\n" + new string('/', 121) + "\n")));

    [Fact]
    public void A_line_of_120_columns_is_fine() =>
        Assert.Empty(SizeRules.LineLength(File(new string('/', 120) + "\n")));

    [Theory]
    [InlineData("void M()\n{", "}")]
    [InlineData("C()\n{", "}")]
    [InlineData("int P\n{\nget\n{", "}\n}")]
    [InlineData("void M() { void Local()\n{", "} }")]
    public void A_method_of_61_lines_is_found(string start, string end)
    {
        Assert.NotEmpty(SizeRules.MethodLength(File(Class(start, SizeRules.MethodLinesMax - 2, end))));
        Assert.Empty(SizeRules.MethodLength(File(Class(start, SizeRules.MethodLinesMax - 5, end))));
    }

    [Fact]
    public void A_method_of_60_lines_is_fine() =>
        Assert.Empty(SizeRules.MethodLength(File(Class("void M()\n{", SizeRules.MethodLinesMax - 3, "}"))));

    [Fact]
    public void Attributes_do_not_make_a_method_long() =>
        Assert.Empty(SizeRules.MethodLength(File(Class(
            "[A]\n[B]\npublic void M()\n{", SizeRules.MethodLinesMax - 3, "}"))));

    [Fact]
    public void Top_level_statements_of_61_lines_are_found() =>
        Assert.Single(SizeRules.MethodLength(File(Statements(SizeRules.MethodLinesMax + 1))));

    [Fact]
    public void Top_level_statements_of_60_lines_are_fine() =>
        Assert.Empty(SizeRules.MethodLength(File(Statements(SizeRules.MethodLinesMax))));

    private static SourceFile File(string text) => new("src/A.cs", text);

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("//\n", count));

    private static string Statements(int count) => string.Concat(Enumerable.Repeat("F();\n", count));

    private static string Class(string start, int statements, string end) =>
        $"class C\n{{\n{start}\n{Statements(statements)}{end}\n}}\n";
}
