using EcmrGateway.Client.Sample;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Notes.Rules;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Agreement;

/// <summary>What the generator says of its notes is what the gateway's rules find in them.</summary>
public sealed class SampleRulesTests
{
    private static readonly DateTimeOffset Around = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public void Notes_that_are_not_wrong_on_purpose_are_accepted(int receivedMinutes)
    {
        var refused = Check(new SampleOptions { Count = 3000, Around = Around, WrongPercent = 0 }, receivedMinutes)
            .Where(checkedNote => checkedNote.Findings.Any(finding => finding.Severity == Severity.Error))
            .Select(Describe);

        Assert.Empty(refused);
    }

    [Fact]
    public void Notes_that_are_wrong_on_purpose_are_refused()
    {
        var accepted = Check(new SampleOptions { Count = 2000, Around = Around, WrongPercent = 100, RiskScale = 0 }, 0)
            .Where(checkedNote => checkedNote.Findings.All(finding => finding.Severity != Severity.Error))
            .Select(Describe);

        Assert.Empty(accepted);
    }

    [Fact]
    public void Ordinary_notes_give_no_warnings()
    {
        var warned = Check(new SampleOptions { Count = 3000, Around = Around, WrongPercent = 0, RiskScale = 0 }, 0)
            .Where(checkedNote => checkedNote.Findings.Count > 0)
            .Select(Describe);

        Assert.Empty(warned);
    }

    private static IEnumerable<(SampleNote Sample, IReadOnlyList<Finding> Findings)> Check(
        SampleOptions options, int receivedMinutes) =>
        new NoteGenerator(options).All().Select(sample =>
        {
            var read = NoteReader.Read(sample.Note);
            var context = new NoteRuleContext(Around.AddMinutes(receivedMinutes));
            return (sample, (IReadOnlyList<Finding>)[.. NoteRules.Check(read.Note!, context, read.Findings)]);
        });

    private static string Describe((SampleNote Sample, IReadOnlyList<Finding> Findings) checkedNote) =>
        $"{checkedNote.Sample.Index} {checkedNote.Sample.Flaw} {checkedNote.Sample.Pattern}: " +
        string.Join("; ", checkedNote.Findings.Select(finding => $"{finding.Code} {finding.Field} {finding.Message}"));
}
