using CsCheck;
using EcmrGateway.Notes.Note;
using Xunit;

namespace EcmrGateway.UnitTests.Notes.Note;

public sealed class VehicleRegistrationTests
{
    [Theory]
    [InlineData("12-ABC-3", "NL", "12ABC3")]
    [InlineData("12 abc 3", "NL", "12ABC3")]
    [InlineData(" 12.ABC.3 ", "NL", "12ABC3")]
    [InlineData("NL-12-ABC-3", "NL", "12ABC3")]
    [InlineData("NL 12ABC3", "NL", "12ABC3")]
    [InlineData("NL12ABC3", "NL", "12ABC3")]
    [InlineData("NL-01-AB", "NL", "NL01AB")] // A plate of sidecode 4, not a sign before "01AB".
    [InlineData("B 1-ABC-234", "BE", "1ABC234")]
    [InlineData("BE-1-ABC-234", "BE", "1ABC234")]
    [InlineData("D-AB 123", "DE", "DAB123")] // Duesseldorf.
    [InlineData("PL 12345", "PL", "PL12345")] // Leszno.
    [InlineData("PL WA 12345", "PL", "WA12345")]
    [InlineData("F AA-123-BB", "FR", "AA123BB")]
    [InlineData("FR AA-123-BB", "FR", "AA123BB")]
    [InlineData("NL-12-ABC-3", "DE", "NL12ABC3")] // Not a sign of the country stated.
    [InlineData("TÖL-AB 123", "DE", "TOLAB123")]
    [InlineData("СА 1234 ВХ", "BG", "CA1234BX")] // Cyrillic letters.
    [InlineData("ΙΒΗ-1234", "GR", "IBH1234")] // Greek letters.
    public void Has_one_spelling_where_the_country_is_known(string plate, string country, string normalised) =>
        Assert.Equal(normalised, VehicleRegistration.Normalise(plate, CountryCode.Parse(country)));

    [Theory]
    [InlineData("12-ABC-3", "12ABC3")]
    [InlineData("NL-12-ABC-3", "12ABC3")]
    [InlineData("NL 12ABC3", "12ABC3")]
    [InlineData("NL12ABC3", "NL12ABC3")] // Not set apart: may be a plate that we do not know.
    [InlineData("D-AB 123", "DAB123")]
    [InlineData("D AB 123", "DAB123")]
    [InlineData("B 1-ABC-234", "1ABC234")]
    [InlineData("XX-99-99", "XX9999")]
    [InlineData("PL 12345", "PL12345")]
    public void Has_one_spelling_where_the_country_is_not_known(string plate, string normalised) =>
        Assert.Equal(normalised, VehicleRegistration.Normalise(plate));

    [Theory]
    [InlineData("")]
    [InlineData(" - . ")]
    [InlineData("京A12345")]
    [InlineData("ABCDEFGHIJ12345678")] // 18 characters.
    public void Is_empty_where_there_is_no_plate(string plate)
    {
        Assert.Equal("", VehicleRegistration.Normalise(plate));
        Assert.False(VehicleRegistration.TryParse(plate, null, out _));
    }

    [Fact]
    public void Has_at_most_seventeen_characters_besides_separators()
    {
        Assert.True(VehicleRegistration.TryParse("ABCDEFGHIJ-1234567", null, out var registration));
        Assert.Equal(("ABCDEFGHIJ-1234567", "ABCDEFGHIJ1234567"), (registration.Raw, registration.Normalised));
        Assert.Equal("", VehicleRegistration.Normalise(new string(' ', 65)));
    }

    [Fact]
    public void Is_stable_and_only_letters_and_digits() =>
        Gen.String[Gen.Char["ABDNLPFnld0123456789- .ÖСΑ"], 0, 20].Sample(
            plate =>
            {
                var once = VehicleRegistration.Normalise(plate);
                Assert.All(once, character => Assert.Contains(character, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
                Assert.Equal(once, VehicleRegistration.Normalise(once));
            },
            iter: 5000,
            seed: "0000KeqvGJq5");

    /// <summary>Forms of plates by country: a plate of its country keeps all its characters.</summary>
    [Theory]
    [InlineData("AT", "W12345A")]
    [InlineData("BE", "QABC123")]
    [InlineData("CH", "ZH123456")]
    [InlineData("CZ", "1A23456")]
    [InlineData("DE", "MAB1234")]
    [InlineData("DK", "AB12345")]
    [InlineData("ES", "1234BCD")]
    [InlineData("FR", "FR123AA")]
    [InlineData("GB", "GB12ABC")]
    [InlineData("HU", "ABC123")]
    [InlineData("IT", "IT123AB")]
    [InlineData("LT", "LTA123")]
    [InlineData("LU", "LU1234")]
    [InlineData("PL", "PL1234A")]
    [InlineData("RO", "B123ABC")]
    [InlineData("SE", "SEA123")]
    public void Keeps_a_plate_that_begins_like_a_sign(string country, string plate) =>
        Assert.Equal(plate, VehicleRegistration.Normalise(plate, CountryCode.Parse(country)));
}
