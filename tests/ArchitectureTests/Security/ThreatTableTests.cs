namespace EcmrGateway.ArchitectureTests.Security;

/// <summary>What SECURITY.md and the decisions say is tested, is tested.</summary>
public sealed class ThreatTableTests
{
    private static readonly HashSet<string> Tests = NamedTests.In(Repository.SourceFiles);

    [Fact]
    public void Every_threat_has_a_row_with_a_test_and_says_what_remains() =>
        Problems.None(ThreatTable.Faults(ThreatTable.Parse(Repository.Read("SECURITY.md"))));

    [Fact]
    public void Every_test_that_a_document_names_is_there() =>
        Problems.None(Repository.TextFiles()
            .Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(file => NamedTests.Missing(file, Tests)));

    [Fact]
    public void Tests_of_partial_classes_and_of_suites_are_found()
    {
        Assert.Contains("PostgresLedgerTests.Another_key_is_refused", Tests);
        Assert.Contains("LedgerContract.The_same_id_with_other_content_is_a_conflict", Tests);
        Assert.True(Tests.Count > 500);
    }

    [Fact]
    public void A_test_that_was_renamed_is_found()
    {
        var tests = NamedTests.In([new("tests/A/B.cs", "class BTests { [Fact] public void It_works() { } }")]);

        Assert.Equal(
            ["A.md: there is no test BTests.It_worked"],
            NamedTests.Missing(new("A.md", "`BTests.It_works`, `BTests.It_worked`, `Ledger.Folder`"), tests));
    }

    [Fact]
    public void A_method_that_is_no_test_is_not_taken_for_one() =>
        Assert.Empty(NamedTests.In([new("tests/A/B.cs", "class BTests { public void It_works() { } }")]));

    [Fact]
    public void A_row_without_a_test_or_without_what_remains_is_found()
    {
        var table = ThreatTable.Parse(
            """
            | # | threat | what the gateway does | test | what remains |
            |---|---|---|---|---|
            | 1 | a | b | `ATests.It_works` | |
            | 2 | a | b | none | c |

            | 3 | a | b | `ATests.It_works` | of another table |
            """);

        Assert.Equal(
            [
                .. Enumerable.Range(3, ThreatTable.Threats - 2).Select(one => $"threat {one} is not in the table"),
                "threat 1 does not say what remains", "threat 2 names no test",
            ],
            ThreatTable.Faults(table));
    }
}
