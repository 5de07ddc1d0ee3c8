using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using EcmrGateway.Client.Json;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Json;

public sealed class CanonicalJsonTests
{
    // RFC 8785, appendix B: the number's bits and its text.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    public void Numbers_are_written_as_in_the_appendix_of_the_RFC(ulong bits, string text) =>
        Assert.Equal(text, CanonicalJson.Number(BitConverter.UInt64BitsToDouble(bits)));

    [Fact]
    public void Numbers_without_an_end_have_no_form() =>
        Assert.Throws<FormatException>(() => CanonicalJson.Number(double.NaN));

    [Fact]
    public void Every_double_is_read_back_as_itself() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
            double.Parse(CanonicalJson.Number(value), CultureInfo.InvariantCulture) == value);

    // RFC 8785, 3.2.3: the order of members is that of UTF-16 code units, so that a surrogate pair comes before U+FB33.
    [Fact]
    public void Members_are_ordered_by_UTF16_code_units()
    {
        const string Input = """
            {"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}
            """;

        Assert.Equal(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}", Canonical(Input));
    }

    [Fact]
    public void Text_is_escaped_where_it_must_be_and_nowhere_else() => Assert.Equal(
        "{\"a\":\"\\\" \\\\ / \\b\\t\\n\\f\\r \\u001f \u007f é <&>\"}",
        Canonical("{ \"a\" : \"\\u0022 \\\\ \\/ \\b\\t\\n\\f\\r \\u001F \\u007f \\u00e9 \\u003c&>\" }"));

    [Fact]
    public void White_space_goes_and_nested_members_are_ordered_too() => Assert.Equal(
        """{"a":[{"b":true,"c":null},2.5,false],"z":{}}""",
        Canonical("""{ "z": { }, "a": [ { "c": null, "b": true }, 2.50, false ] }"""));

    [Fact]
    public void A_member_that_is_there_twice_is_refused() =>
        Assert.Throws<JsonException>(() => Canonical("""{"a":1,"a":2}"""));

    [Fact]
    public void Nesting_beyond_the_limit_is_refused() =>
        Assert.ThrowsAny<JsonException>(() => Canonical(new string('[', 65) + new string(']', 65)));

    [Fact]
    public void Canonical_form_is_its_own_canonical_form() =>
        Gen.String[Gen.Char.AlphaNumeric].Array[0, 8].Sample(names =>
        {
            var members = names.Distinct().ToDictionary(name => name, name => name.Length);
            var once = Canonical(JsonSerializer.Serialize(members));
            return once == Canonical(once);
        });

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
