namespace EcmrGateway.ArchitectureTests.Tidy;

/// <remarks>The words are put together, so that this file passes the tests that it tests.</remarks>
public sealed class WordRulesTests
{
    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("# FIX" + "ME")]
    [InlineData("a HA" + "CK here")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    public void Unfinished_work_is_found(string text) => Assert.Single(WordRules.UnfinishedWork(File(text)));

    [Theory]
    [InlineData("mastodon")]
    [InlineData("The to" + "do list of the inspector")]
    [InlineData("TO" + "DOS")]
    public void Other_words_are_fine(string text) => Assert.Empty(WordRules.UnfinishedWork(File(text)));

    [Theory]
    [InlineData("cd /wo" + "rk/main")]
    [InlineData("\"/ro" + "ot/.nuget\"")]
    [InlineData("/tm" + "p/h/repo")]
    [InlineData("see /ho" + "me/someone/src")]
    [InlineData("C:\\Us" + "ers\\someone")]
    public void A_path_of_one_machine_is_found(string text) => Assert.Single(WordRules.MachinePaths(File(text)));

    [Theory]
    [InlineData("src/wo" + "rk/item")]
    [InlineData("$dir/ro" + "ot/x")]
    [InlineData("/wo" + "rkshop")]
    [InlineData("https://example.com/wo" + "rk/")]
    public void Other_paths_are_fine(string text) => Assert.Empty(WordRules.MachinePaths(File(text)));

    [Theory]
    [InlineData("https://registry.np" + "mjs.example/x")]
    [InlineData("https://api.nuget" + ".org/v3/index.json")]
    [InlineData("\"resol" + "ved\": \"https://mirror.example/x.tgz\"")]
    public void A_registry_is_found(string text) => Assert.Single(WordRules.RegistryHosts(File(text)));

    [Fact]
    public void A_finding_names_file_and_line() =>
        Assert.Equal(
            ["a.sh:2: unfinished work: FIX" + "ME"], WordRules.UnfinishedWork(new("a.sh", "true\n# FIX" + "ME\n")));

    private static SourceFile File(string text) => new("a.txt", text);
}
