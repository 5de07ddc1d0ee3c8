namespace EcmrGateway.ArchitectureTests.Tidy;

/// <summary>The style guide's rules that a program can check. TidyRuleTests feeds each of them a bad example.</summary>
public sealed class TidyTests
{
    /// <summary>Lists of places may hold any word; everything else is written here.</summary>
    private static IEnumerable<SourceFile> Written =>
        Repository.TextFiles().Where(file => !file.Path.EndsWith(".csv", StringComparison.Ordinal));

    [Fact]
    public void Files_are_at_most_300_lines_or_say_why() =>
        Problems.None(Repository.SourceFiles.SelectMany(SizeRules.FileLength));

    [Fact]
    public void Methods_are_at_most_60_lines() =>
        Problems.None(Repository.SourceFiles.SelectMany(SizeRules.MethodLength));

    [Fact]
    public void Lines_are_at_most_120_columns() =>
        Problems.None(Repository.SourceFiles.SelectMany(SizeRules.LineLength));

    [Fact]
    public void No_work_is_left_for_later() => Problems.None(Written.SelectMany(WordRules.UnfinishedWork));

    [Fact]
    public void No_file_names_a_folder_of_one_machine() => Problems.None(Written.SelectMany(WordRules.MachinePaths));

    [Fact]
    public void No_file_names_the_host_of_a_registry() => Problems.None(Written.SelectMany(WordRules.RegistryHosts));

    [Fact]
    public void No_code_is_folded_away() => Problems.None(Repository.SourceFiles.SelectMany(CodeRules.Regions));

    [Fact]
    public void No_code_is_commented_out() =>
        Problems.None(Repository.SourceFiles.SelectMany(CodeRules.CommentedOutCode));

    [Fact]
    public void Only_the_command_line_writes_to_the_console() =>
        Problems.None(Repository.SourceFiles.SelectMany(CodeRules.ConsoleWrites));

    [Fact]
    public void Suppressions_give_a_reason() =>
        Problems.None(Repository.SourceFiles.SelectMany(CodeRules.SilentSuppressions));

    [Fact]
    public void Event_ids_are_unique_and_in_the_range_of_their_project() =>
        Problems.None(EventIdRules.Check(Repository.SourceFiles));

    [Fact]
    public void Protos_lie_in_the_folder_of_their_package() =>
        Problems.None(Repository.TextFiles()
            .Where(file => file.IsUnder("protos") && file.Path.EndsWith(".proto", StringComparison.Ordinal))
            .SelectMany(ProtoRules.Packages));

    [Fact]
    public void There_is_something_to_check()
    {
        var paths = Written.Select(file => file.Path).ToArray();

        Assert.Contains("src/EcmrGateway.Ledger/INoteLedger.cs", paths);
        Assert.Contains(".ci/run", paths);
        Assert.Contains("Makefile", paths);
        Assert.DoesNotContain(paths, path => path.Contains("/obj/", StringComparison.Ordinal));
    }
}
