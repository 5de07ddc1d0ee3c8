using EcmrGateway.Notes.Adr;
using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;
using Xunit;

namespace EcmrGateway.UnitTests.Notes.CodeLists;

public sealed class CodeListsTests
{
    [Fact]
    public void Countries_are_those_of_iso_3166()
    {
        Assert.Equal(249, Countries.Count);
        Assert.True(Countries.Contains("GR") && Countries.Contains("GB"));
        Assert.False(Countries.Contains("EL") || Countries.Contains("UK") || Countries.Contains("XI"));
        Assert.False(Countries.Contains("XK") || Countries.Contains("") || Countries.Contains("N1"));
    }

    [Theory]
    [InlineData("KGM", CodeStatus.Active)]
    [InlineData("LTR", CodeStatus.Active)]
    [InlineData("CEL", CodeStatus.Active)]
    [InlineData("05", CodeStatus.Deleted)]
    [InlineData("LDM", CodeStatus.Unknown)]
    [InlineData("TON", CodeStatus.Unknown)]
    [InlineData("", CodeStatus.Unknown)]
    public void Units_have_their_standing(string code, CodeStatus status)
    {
        Assert.Equal(2136, Units.All.Count);
        Assert.Equal(status, Units.All.StatusOf(code));
    }

    [Theory]
    [InlineData("PX", CodeStatus.Active)]
    [InlineData("VL", CodeStatus.Active)]
    [InlineData("WA", CodeStatus.Active)]
    [InlineData("SX", CodeStatus.Deleted)]
    [InlineData("1A1", CodeStatus.Unknown)]
    public void Packages_have_their_standing(string code, CodeStatus status)
    {
        Assert.Equal(406, Packages.All.Count);
        Assert.Equal(status, Packages.All.StatusOf(code));
    }

    [Fact]
    public void Locodes_exist_for_the_european_countries()
    {
        Assert.Equal(54, LocodeList.CountryCount);
        Assert.InRange(LocodeList.Count, 63_000, 64_000);
        Assert.True(LocodeList.Exists(Locode.Parse("NLRTM")));
        Assert.True(LocodeList.Exists(Locode.Parse("NL2LL")));
        Assert.False(LocodeList.Exists(Locode.Parse("NLZZ9")));
        Assert.Null(LocodeList.Exists(Locode.Parse("USNYC")));
    }

    [Fact]
    public void Currencies_are_in_use()
    {
        Assert.All(["EUR", "GBP", "CHF", "PLN", "TRY", "UAH"], code => Assert.True(Currencies.Contains(code)));
        Assert.All(["DEM", "HRK", "eur", "", "XAU"], code => Assert.False(Currencies.Contains(code)));
    }

    [Fact]
    public void Parties_to_the_convention_and_customs_territories_are_countries()
    {
        Assert.True(CmrParties.Contains(CountryCode.Parse("NL")));
        Assert.False(CmrParties.Contains(CountryCode.Parse("US")));
        Assert.Equal("EU", CustomsTerritories.Of(CountryCode.Parse("PL")));
        Assert.Equal("NO", CustomsTerritories.Of(CountryCode.Parse("NO")));
    }

    [Theory]
    [InlineData("1202", "3", "3", PackingGroup.III, "D/E")]
    [InlineData("1203", "3", "2", PackingGroup.II, "D/E")]
    [InlineData("1965", "2", "2", PackingGroup.Unspecified, "B/D")]
    [InlineData("3480", "9", "2", PackingGroup.Unspecified, "E")]
    [InlineData("1830", "8", "2", PackingGroup.II, "E")]
    [InlineData("1017", "2", "1", PackingGroup.Unspecified, "C/D")]
    public void Table_a_has_well_known_rows(
        string number, string @class, string category, PackingGroup group, string tunnel)
    {
        Assert.Equal(2347, TableA.Count);
        Assert.Contains(TableA.Of(UnNumber.Parse(number)), row =>
            row.Class == @class
            && row.TransportCategory == category
            && row.PackingGroup == group
            && row.TunnelCode == tunnel);
    }

    [Fact]
    public void Table_a_has_no_row_for_an_unknown_number() => Assert.Empty(TableA.Of(UnNumber.Parse("9999")));
}
