using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

/// <summary>CMR-007 to 011 and IDN-006: lines of goods.</summary>
public sealed class ItemRulesTests
{
    [Theory]
    [InlineData("PVC", null)]
    [InlineData("H2O", null)]
    [InlineData("柑橘類", null)]
    [InlineData("ab", "CMR-007 Error items[0].description")]
    [InlineData("12345", "CMR-007 Error items[0].description")]
    [InlineData("--- x", "CMR-007 Error items[0].description")]
    [InlineData("", "CMR-007 Error items[0].description")]
    [InlineData("Goods", "CMR-007 Warning items[0].description")]
    [InlineData(" STÜCKGUT ", "CMR-007 Warning items[0].description")]
    [InlineData("Frozen goods", null)]
    public void A_description_names_the_goods(string description, string? finding) => Assert.Equal(
        finding is null ? [] : [finding], Findings(WithItem(item => item with { Description = description })));

    [Theory]
    [InlineData("PX", null)]
    [InlineData("OD", null)] // In use, with another mark in the source.
    [InlineData("SX", "CMR-008 Error items[0].package_type")] // Deleted.
    [InlineData("1A1", "CMR-008 Error items[0].package_type")] // A UN packaging code, for another field.
    [InlineData("px", "CMR-008 Error items[0].package_type")]
    [InlineData("", "CMR-008 Error items[0].package_type")]
    public void A_method_of_packing_is_a_code_in_use(string type, string? finding) => Assert.Equal(
        finding is null ? [] : [finding], Findings(WithItem(item => item with { PackageType = type })));

    [Fact]
    public void Packing_of_dangerous_goods_is_a_code_in_use()
    {
        Assert.Empty(Findings(WithItem(item => item with { DangerousGoods = [new() { PackageType = "DR" }] })));
        Assert.Equal(
            ["CMR-008 Error items[0].dangerous_goods[0].package_type"],
            Findings(WithItem(item => item with { DangerousGoods = [new() { PackageType = "1A1" }] })));
    }

    [Theory]
    [InlineData(1, "PX", null)]
    [InlineData(0, "PX", "CMR-009 Error items[0].package_count")]
    [InlineData(-1, "VL", "CMR-009 Error items[0].package_count")]
    [InlineData(0, "VL", null)]
    [InlineData(0, "NE", null)]
    [InlineData(int.MaxValue, "PX", null)]
    public void Packages_are_counted_unless_in_bulk(int count, string type, string? finding) => Assert.Equal(
        finding is null ? [] : [finding],
        Findings(WithItem(item => item with { PackageCount = count, PackageType = type })));

    [Fact]
    public void Packages_have_marks_unless_in_bulk()
    {
        Assert.Equal(["CMR-010 Warning items[0].marks"], Findings(WithItem(item => item with { Marks = [] })));
        Assert.Empty(Findings(WithItem(item => item with { Marks = [], PackageType = "VS", PackageCount = 0 })));
    }

    [Fact]
    public void A_line_has_a_mass_or_a_quantity_above_nought()
    {
        const string Finding = "CMR-011 Error items[0].gross_mass";
        Assert.Equal([Finding], Findings(WithItem(item => item with { GrossMass = null })));
        Assert.Equal([Finding], Findings(WithItem(item => item with { GrossMass = new(0, "KGM") })));
        Assert.Equal(
            [Finding], Findings(WithItem(item => item with { GrossMass = null, Quantity = new(0, "H87") })));
        Assert.Empty(Findings(WithItem(item => item with { GrossMass = new(0.000001m, "KGM") })));
        Assert.Empty(Findings(WithItem(item => item with { GrossMass = null, Quantity = new(1, "H87") })));
    }

    [Theory]
    [InlineData("690721", true)]
    [InlineData("69072100", true)]
    [InlineData("", true)]
    [InlineData("010121", true)]
    [InlineData("970110", true)]
    [InlineData("000121", false)]
    [InlineData("980000", false)]
    [InlineData("770000", false)]
    [InlineData("6907", false)]
    [InlineData("6907210", false)]
    [InlineData("6907.21", false)]
    public void A_commodity_code_has_six_or_eight_digits_and_a_chapter(string code, bool valid) => Assert.Equal(
        valid ? [] : ["IDN-006 Warning items[0].hs_code"],
        Findings(WithItem(item => item with { HsCode = code })));
}
