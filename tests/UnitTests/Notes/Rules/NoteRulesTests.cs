using System.Reflection;
using System.Text.RegularExpressions;
using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Places;
using EcmrGateway.Notes.Rules;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

public sealed partial class NoteRulesTests
{
    [Fact]
    public void Codes_are_unique_and_have_one_form()
    {
        var codes = typeof(RuleCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches(CodeForm(), code));
    }

    [Fact]
    public void A_field_that_could_not_be_read_is_not_called_missing()
    {
        var note = WithItem(item => item with { GrossMass = null });
        Finding[] read = [new(RuleCodes.NotReadable, Severity.Error, "items[0].gross_mass.value", "")];

        Assert.Equal(["FMT-001"], NoteRules.Check(note, Context, read).Select(finding => finding.Code));
    }

    [Fact]
    public void Fields_with_a_common_beginning_are_different_fields()
    {
        var note = WithItem(item => item with { GrossMass = null });
        Finding[] read = [new(RuleCodes.NotReadable, Severity.Error, "items[0].gross", "")];

        Assert.Equal(["FMT-001", "CMR-011"], NoteRules.Check(note, Context, read).Select(finding => finding.Code));
    }

    [Fact]
    public void Errors_come_before_warnings_where_there_are_more_than_a_hundred()
    {
        var unmarked = Item("Ceramic tiles", 100) with { Marks = [] };
        var items = Enumerable.Repeat(unmarked, 150).ToList();
        items[149] = unmarked with { HsCode = "1", PackageType = "??" };

        var findings = NoteRules.Check(Valid with { Items = [.. items], CmrClause = false }, Context);

        Assert.Equal(NoteRules.FindingsMax, findings.Count);
        Assert.Equal(
            ["CMR-008", "CMR-014"],
            findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code));
    }

    [Fact]
    public void Places_of_a_file_are_found()
    {
        var note = Valid with { Delivery = new() { Place = new() { Locode = Locode.Parse("DEZZ9") } } };
        var places = Locodes.BuiltIn.WithPlaces(
            new StringReader("code,name,latitude,longitude\nDEZZ9,Zzz,52.5,13.4\n"));

        Assert.Contains("GEO-001 Warning delivery.place", Findings(note));
        Assert.DoesNotContain("GEO-001 Warning delivery.place", Findings(note, new(Now, places.Locodes)));
    }

    [GeneratedRegex("^[A-Z]{3}-[0-9]{3}$")]
    private static partial Regex CodeForm();
}
