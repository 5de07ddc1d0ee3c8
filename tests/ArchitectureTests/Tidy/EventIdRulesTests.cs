namespace EcmrGateway.ArchitectureTests.Tidy;

public sealed class EventIdRulesTests
{
    [Theory]
    [InlineData("1000")]
    [InlineData("1999")]
    [InlineData("EventId = 1001")]
    [InlineData("eventId: 1001")]
    public void An_id_in_the_range_is_fine(string id) =>
        Assert.Empty(EventIdRules.Check([File("EcmrGateway.Ingress", id)]));

    [Theory]
    [InlineData("999")]
    [InlineData("2000")]
    [InlineData("EventId = 4001")]
    public void An_id_of_another_range_is_found(string id) =>
        Assert.Contains("outside 1000..1999", Assert.Single(EventIdRules.Check([File("EcmrGateway.Ingress", id)])));

    [Fact]
    public void An_id_that_is_taken_is_found_and_by_whom()
    {
        var problem = Assert.Single(EventIdRules.Check(
            [File("EcmrGateway.Ledger", "4001", "A.cs"), File("EcmrGateway.Ledger", "4001", "B.cs")]));

        Assert.StartsWith("src/EcmrGateway.Ledger/B.cs:1: event id 4001 is taken", problem);
        Assert.Contains("by src/EcmrGateway.Ledger/A.cs:1", problem);
    }

    [Fact]
    public void A_project_without_a_range_may_not_log() =>
        Assert.Contains("no range", Assert.Single(EventIdRules.Check([File("EcmrGateway.Risk", "8000")])));

    [Theory]
    [InlineData("LogLevel.Warning")]
    [InlineData("Level = LogLevel.Warning")]
    [InlineData("Events.Started")]
    public void A_message_without_a_number_is_found(string argument) =>
        Assert.Contains(
            "without a number", Assert.Single(EventIdRules.Check([File("EcmrGateway.Host", argument)])));

    private static SourceFile File(string project, string arguments, string name = "A.cs") =>
        new($"src/{project}/{name}", $"partial class C {{ [LoggerMessage({arguments})] partial void LogX(); }}");
}
