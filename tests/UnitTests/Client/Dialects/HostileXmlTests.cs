using System.Text;
using EcmrGateway.Client.Dialects;
using EcmrGateway.Client.Dialects.Uncefact;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Dialects;

public sealed class HostileXmlTests
{
    private const string Open = "<eCMR xmlns=\"urn:un:unece:uncefact:data:standard:eCMR:1\">";

    [Theory]
    [InlineData("<!DOCTYPE eCMR>")]
    [InlineData("<!DOCTYPE eCMR [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>")]
    [InlineData("<!DOCTYPE eCMR SYSTEM \"http://127.0.0.1:9/x.dtd\">")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>")]
    public void A_document_type_is_refused_and_nothing_is_fetched_or_expanded(string documentType) =>
        IsUnreadable($"{documentType}{Open}<ExchangedDocument><ID>&c;</ID></ExchangedDocument></eCMR>");

    [Fact]
    public void An_entity_that_is_not_declared_is_refused() =>
        IsUnreadable($"{Open}<ExchangedDocument><ID>&xxe;</ID></ExchangedDocument></eCMR>");

    [Fact]
    public void Deep_nesting_is_refused() =>
        IsUnreadable(Open + Repeat("<a>", 100_000) + Repeat("</a>", 100_000) + "</eCMR>");

    [Fact]
    public void A_document_beyond_the_limit_of_characters_is_refused() =>
        IsUnreadable(Open + Repeat("<a>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</a>", 120_000) + "</eCMR>");

    [Fact]
    public void More_elements_than_the_limit_are_refused() => IsUnreadable(Open + Repeat("<a/>", 100_001) + "</eCMR>");

    [Fact]
    public void Text_without_an_end_is_refused() =>
        IsUnreadable($"{Open}<ExchangedDocument><ID>{Repeat("x", 20_000)}</ID></ExchangedDocument></eCMR>");

    [Fact]
    public void Text_in_many_pieces_is_refused()
    {
        var pieces = Repeat("<![CDATA[x]]>", 300_000);

        IsUnreadable($"{Open}<ExchangedDocument><ID>{pieces}</ID></ExchangedDocument></eCMR>");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<eCMR")]
    [InlineData("<eCMR/>")]
    [InlineData("<eCMR xmlns=\"urn:other\"/>")]
    [InlineData("<Invoice xmlns=\"urn:un:unece:uncefact:data:standard:eCMR:1\"/>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-7\"?><eCMR/>")]
    public void What_is_no_message_is_unreadable_and_does_not_throw(string xml) => IsUnreadable(xml);

    [Fact]
    public void Bytes_that_are_no_text_are_unreadable()
    {
        var random = new Random(1);
        var bytes = new byte[4096];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(bytes);
            Assert.Null(UncefactEcmr.Read(new MemoryStream(bytes)).Note);
        }
    }

    [Fact]
    public void A_message_that_is_cut_anywhere_is_unreadable()
    {
        var bytes = Encoding.UTF8.GetBytes(UncefactEcmrTests.Document().TrimEnd());
        for (var length = 0; length < bytes.Length; length += 13)
        {
            Assert.Null(UncefactEcmr.Read(new MemoryStream(bytes, 0, length)).Note);
        }
    }

    [Fact]
    public void An_empty_message_is_an_empty_note() => Assert.NotNull(Read(Open + "</eCMR>").Note);

    [Fact]
    public void Remarks_have_a_limit() =>
        Assert.InRange(Read(Open + Repeat("<a>x</a>", 50_000) + "</eCMR>").Remarks.Count, 1000, 1001);

    private static void IsUnreadable(string xml)
    {
        var reading = Read(xml);

        Assert.Null(reading.Note);
        Assert.Equal(RemarkKind.Unreadable, Assert.Single(reading.Remarks).Kind);
    }

    private static NoteReading Read(string xml) => UncefactEcmr.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
