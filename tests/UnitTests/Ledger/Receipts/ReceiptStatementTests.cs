using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Receipts;

public sealed class ReceiptStatementTests
{
    private static readonly byte[] Salt = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] Content = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public void Has_sorted_members_no_spaces_and_milliseconds()
    {
        var commitment = Convert.ToHexStringLower(SHA256.HashData([.. Salt, .. Content]));

        Assert.Equal(
            $$"""{"commitment":"{{commitment}}","id":"N-1","kind":"note","log":"abc","position":42"""
            + ""","receivedTime":"2026-03-01T12:00:00.050Z","v":1,"version":3}""",
            Write("N-1"));
    }

    [Theory]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("\b\t\n\f\r", "\\b\\t\\n\\f\\r")]
    [InlineData("\u0001\u001f", "\\u0001\\u001f")]
    [InlineData("é/😀\u007f", "é/😀\u007f")]
    public void Escapes_what_the_canonical_form_escapes_and_nothing_else(string id, string expected)
    {
        var statement = Write(id);

        Assert.Contains($"\"id\":\"{expected}\"", statement, StringComparison.Ordinal);
        Assert.Equal(id, JsonDocument.Parse(statement).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public void The_longest_id_fits()
    {
        var longest = new string('\u0001', 64);

        Assert.Equal(longest, JsonDocument.Parse(Write(longest)).RootElement.GetProperty("id").GetString());
    }

    private static string Write(string id)
    {
        var time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 50, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var bytes = new byte[ReceiptStatement.BytesMax];
        var length = new ReceiptStatement("abc").Write(new(42, EntryKind.Note, id, 3, time, Salt, Content), bytes);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
