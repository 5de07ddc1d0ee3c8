using System.Text;
using EcmrGateway.Client.Dialects;
using EcmrGateway.Client.Json;
using EcmrGateway.Client.Sample;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Json;

public sealed class NoteJsonTests
{
    [Fact]
    public void Reads_what_it_wrote()
    {
        var options = new SampleOptions { Count = 100, Around = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero) };

        Assert.All(new NoteGenerator(options).Notes(), note => Assert.Equal(note, Read(NoteJson.Write(note)).Note));
    }

    [Fact]
    public void Names_every_unknown_field_by_its_path()
    {
        var reading = Read(
            """{"noteId":"n","colour":"red","items":[{},{"weight":3}],"consignor":{"address":{"zip":"1"}}}""");

        Assert.Null(reading.Note);
        Assert.Equal(
            ["colour", "items[1].weight", "consignor.address.zip"], reading.Remarks.Select(remark => remark.Path));
    }

    [Theory]
    [InlineData("""{"items":{}}""", "items")]
    [InlineData("""{"items":[3]}""", "items[0]")]
    [InlineData("""{"noteId":5}""", "noteId")]
    [InlineData("""{"cmrClause":"yes"}""", "cmrClause")]
    [InlineData("""{"status":"SIGNED"}""", "status")]
    [InlineData("""{"status":99}""", "status")]
    [InlineData("""{"consignor":"me"}""", "consignor")]
    [InlineData("""{"noteId":"a","note_id":"b"}""", "note_id")]
    public void Names_a_wrong_type_by_its_path(string json, string path)
    {
        var remark = Assert.Single(Read(json).Remarks);

        Assert.Equal((RemarkKind.Unreadable, path), (remark.Kind, remark.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("nonsense")]
    [InlineData("""{"version":1.5}""")]
    [InlineData("""{"version":99999999999}""")]
    [InlineData("""{"issue":{"time":{"time":"yesterday"}}}""")]
    [InlineData("""{"procedures":{"issuance":{"sha256":"***"}}}""")]
    public void What_is_no_note_is_unreadable_and_does_not_throw(string json)
    {
        var reading = Read(json);

        Assert.Null(reading.Note);
        Assert.NotEmpty(reading.Remarks);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_unreadable()
    {
        var json = string.Concat(Enumerable.Repeat("{\"consignor\":", 5000)) + "1" + new string('}', 5000);

        Assert.Null(Read(json).Note);
    }

    [Fact]
    public void Bytes_beyond_the_limit_are_unreadable()
    {
        var json = new byte[NoteJson.BytesMax + 1];
        Array.Fill(json, (byte)' ');

        Assert.Contains("at most", Assert.Single(NoteJson.Read(json).Remarks).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_have_a_limit()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"x{i}\":1")) + "}";

        Assert.Equal(100, Read(json).Remarks.Count);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_unreadable() =>
        Assert.Null(NoteJson.Read((byte[])[.. "{\"noteId\":\""u8, 0xFF, 0xFE, .. "\"}"u8]).Note);

    private static NoteReading Read(string json) => NoteJson.Read(Encoding.UTF8.GetBytes(json));
}
