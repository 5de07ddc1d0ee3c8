using EcmrGateway.Notes.Note;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

/// <summary>IDN-004 against numbers of public test suites: a number that is valid there must not be reported.</summary>
public sealed class PartyIdVectorsTests
{
    [Theory]
    [InlineData("ATU13585627")]
    [InlineData("ATU 142 43 102")]
    [InlineData("BE 428759497")]
    [InlineData("BE403019261")]
    [InlineData("BG000565359")]
    [InlineData("CHE-100.155.212 MWST")]
    [InlineData("CY-10259033P ")]
    [InlineData("CZ 25123891")]
    [InlineData("CZ640903926")]
    [InlineData("CZ7103192745")]
    [InlineData("DE136695976")]
    [InlineData("DK 13585628")]
    [InlineData("EE 100 931 558")]
    [InlineData("EL 094259216 ")]
    [InlineData("ESJ99216582")]
    [InlineData("FI 20774740")]
    [InlineData("Fr 40 303 265 045")]
    [InlineData("FR4Z123456782")]
    [InlineData("FRK7399859412")]
    [InlineData("GB 002 4257 28")]
    [InlineData("GB242338087388")]
    [InlineData("HR 33392005961")]
    [InlineData("HU-12892312")]
    [InlineData("IE 6433435F")]
    [InlineData("IE 6433435OA")]
    [InlineData("IE8D79739I")]
    [InlineData("IT 00743110157")]
    [InlineData("LT119511515")]
    [InlineData("LT100004801610")]
    [InlineData("LU 150 274 42")]
    [InlineData("LV 4000 3521 600")]
    [InlineData("MT 1167-9112")]
    [InlineData("NL002455799B11")]
    [InlineData("NO 917 313 008 MVA")]
    [InlineData("PL 8567346215")]
    [InlineData("PT 501 964 843")]
    [InlineData("RO 185 472 90")]
    [InlineData("SE 123456789701")]
    [InlineData("SI 5022 3054")]
    [InlineData("SK 202 274 96 19")]
    public void A_valid_vat_number_is_not_reported(string number) =>
        Assert.Empty(FindingsOf(PartyIdScheme.Vat, number));

    [Theory]
    [InlineData("0YPKKE5F0QW6RC51HE09", true)]
    [InlineData("2138001CY61HDFJ5ZA27", true)]
    [InlineData("529900TODVLNUTNSYF94", true)]
    [InlineData("0YPKKE5F0QW6RC51HE00", false)]
    [InlineData("213800KUD8LAJWSQ9D16", false)]
    public void A_legal_entity_identifier_is_checked(string number, bool valid) =>
        Assert.Equal(valid, FindingsOf(PartyIdScheme.Lei, number).Length == 0);

    private static string[] FindingsOf(PartyIdScheme scheme, string value) => Findings(Valid with
    {
        Forwarder = new() { Ids = [new() { Scheme = scheme, Value = value }] },
    });
}
