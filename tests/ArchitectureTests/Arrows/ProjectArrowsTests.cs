namespace EcmrGateway.ArchitectureTests.Arrows;

public sealed class ProjectArrowsTests
{
    /// <summary>Every project under src and all it may reference; src/ARCHITECTURE.md shows the same table.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["EcmrGateway.Protocol"] = [],
        ["EcmrGateway.Notes"] = [],
        ["EcmrGateway.Risk"] = [],
        ["EcmrGateway.Ledger"] = ["EcmrGateway.Notes", "EcmrGateway.Protocol"],
        ["EcmrGateway.DeadLetters"] = [],
        ["EcmrGateway.Streaming"] = ["EcmrGateway.Protocol", "EcmrGateway.Ledger", "EcmrGateway.DeadLetters"],
        ["EcmrGateway.HotStore"] = ["EcmrGateway.Protocol", "EcmrGateway.Risk"],
        ["EcmrGateway.Ingress"] = ["EcmrGateway.Protocol", "EcmrGateway.Notes", "EcmrGateway.Ledger"],
        ["EcmrGateway.Scoring"] =
            ["EcmrGateway.Protocol", "EcmrGateway.Risk", "EcmrGateway.Streaming", "EcmrGateway.HotStore"],
        ["EcmrGateway.Inspection"] =
            ["EcmrGateway.Protocol", "EcmrGateway.Risk", "EcmrGateway.Ledger", "EcmrGateway.HotStore"],
        ["EcmrGateway.Doctor"] = ["EcmrGateway.Ledger", "EcmrGateway.Streaming", "EcmrGateway.HotStore"],
        ["EcmrGateway.Host"] =
        [
            "EcmrGateway.Protocol", "EcmrGateway.Notes", "EcmrGateway.Risk", "EcmrGateway.Ledger",
            "EcmrGateway.Streaming", "EcmrGateway.HotStore", "EcmrGateway.Ingress", "EcmrGateway.Scoring",
            "EcmrGateway.Inspection", "EcmrGateway.Doctor",
        ],
        ["EcmrGateway.Client"] = ["EcmrGateway.Protocol"],
        ["EcmrGateway.Cli"] =
            ["EcmrGateway.Client", "EcmrGateway.Protocol", "EcmrGateway.DeadLetters", "EcmrGateway.Doctor"],
    };

    private static readonly string[] Pure = ["EcmrGateway.Notes", "EcmrGateway.Risk"];

    [Fact]
    public void Src_holds_exactly_the_projects_of_the_table_and_their_arrows() =>
        Problems.None(Projects.Differences(Projects.UnderSrc(), Allowed));

    [Fact]
    public void The_document_shows_the_same_table() =>
        Problems.None(Projects.Differences(
            ArrowTable.Parse(Repository.Read("src/ARCHITECTURE.md")), Allowed));

    [Fact]
    public void Notes_and_Risk_ask_for_no_package() =>
        Problems.None(Projects.Impurities(Projects.UnderSrc(), Pure));

    [Fact]
    public void References_are_not_handed_on() =>
        Assert.Contains(
            "<DisableTransitiveProjectReferences>true<", Repository.Read("Directory.Build.props"),
            StringComparison.Ordinal);

    [Fact]
    public void A_planted_arrow_is_found()
    {
        var planted = Project.Parse(
            "EcmrGateway.Risk",
            """
            <Project>
              <ItemGroup><ProjectReference Include="..\EcmrGateway.Notes\EcmrGateway.Notes.csproj" /></ItemGroup>
            </Project>
            """);

        var problem = Assert.Single(Projects.Differences([planted], Only("EcmrGateway.Risk", [])));

        Assert.Equal("EcmrGateway.Risk -> EcmrGateway.Notes is not allowed", problem);
    }

    [Fact]
    public void An_arrow_that_nobody_draws_is_found()
    {
        var idle = new Project("EcmrGateway.Cli", [], []);

        var problem = Assert.Single(Projects.Differences([idle], Only("EcmrGateway.Cli", ["EcmrGateway.Client"])));

        Assert.Equal("EcmrGateway.Cli -> EcmrGateway.Client is allowed and not drawn", problem);
    }

    [Fact]
    public void A_project_outside_the_table_is_found_and_so_is_one_that_is_gone()
    {
        var problems = Projects.Differences([new("EcmrGateway.New", [], [])], Only("EcmrGateway.Old", []));

        Assert.Equal(
            ["EcmrGateway.New is not in the table", "EcmrGateway.Old is in the table and not under src"], problems);
    }

    [Fact]
    public void A_package_in_a_pure_project_is_found()
    {
        var planted = Project.Parse(
            "EcmrGateway.Notes",
            """<Project><ItemGroup><PackageReference Include="Google.Protobuf" /></ItemGroup></Project>""");

        Assert.Equal(["EcmrGateway.Notes asks for Google.Protobuf"], Projects.Impurities([planted], Pure));
    }

    [Fact]
    public void A_row_that_is_missing_from_the_document_is_found()
    {
        var shown = ArrowTable.Parse("| project | may reference |\n|---|---|\n| Risk | - |\n");

        var problem = Assert.Single(Projects.Differences(
            shown, new Dictionary<string, string[]> { ["EcmrGateway.Risk"] = [], ["EcmrGateway.Notes"] = [] }));

        Assert.Equal("EcmrGateway.Notes is in the table and not under src", problem);
    }

    private static Dictionary<string, string[]> Only(string project, string[] references) =>
        new() { [project] = references };
}
