using System.Text.Json;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_receipt_verifies_with_the_public_key_and_the_content_s_hash()
    {
        var draft = Note("N-1");
        var receipt = (await AppendAsync(draft)).Receipt!;

        Assert.Equal(
            ReceiptVerdict.Valid, ReceiptVerifier.Verify(receipt, Ledger.PublicKey.Span, draft.ContentSha256.Span));
        Assert.Equal(
            ReceiptVerdict.ContentDiffers,
            ReceiptVerifier.Verify(receipt, Ledger.PublicKey.Span, Note("N-2").ContentSha256.Span));
        Assert.NotEmpty(receipt.InclusionPath);
    }

    [Fact]
    public async Task A_receipt_states_the_entry_and_nothing_of_the_party()
    {
        var receipt = (await AppendAsync(Note("N-1", party: "the party"))).Receipt!;
        var statement = JsonDocument.Parse(receipt.Statement.Memory).RootElement;

        Assert.Equal(
            ["commitment", "id", "kind", "log", "position", "receivedTime", "v", "version"],
            statement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("N-1", statement.GetProperty("id").GetString());
        Assert.Equal("note", statement.GetProperty("kind").GetString());
        Assert.Equal(Ledger.TreeHeadOf(0).LogId, statement.GetProperty("log").GetString());
        Assert.Equal(1, statement.GetProperty("position").GetInt64());
        Assert.Equal("2026-03-01T12:00:00.250Z", statement.GetProperty("receivedTime").GetString());
        Assert.Equal(2, statement.GetProperty("version").GetInt32());
        Assert.DoesNotContain("the party", receipt.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_receipt_is_read_again_byte_for_byte_however_far_the_ledger_grew()
    {
        var results = new List<AppendResult>();
        for (var batch = 0; batch < 8; batch++)
        {
            results.AddRange(await Task.WhenAll(Enumerable.Range(0, 77)
                .Select(number => AppendAsync(Note($"N-{batch}-{number}")))));
        }

        await ReopenAsync();

        foreach (var result in results)
        {
            Assert.Equal(result.Receipt, await Ledger.ReadReceiptAsync(result.Position, Cancellation));
        }
    }

    [Fact]
    public async Task Salts_differ_and_the_same_content_of_two_parties_has_two_commitments()
    {
        var one = (await AppendAsync(Note("N-1", party: "NL1"))).Receipt!;
        var two = (await AppendAsync(Note("N-1", party: "NL2"))).Receipt!;

        Assert.Equal(one.ContentSha256, two.ContentSha256);
        Assert.NotEqual(one.Salt, two.Salt);
        Assert.NotEqual(
            JsonDocument.Parse(one.Statement.Memory).RootElement.GetProperty("commitment").GetString(),
            JsonDocument.Parse(two.Statement.Memory).RootElement.GetProperty("commitment").GetString());
    }

    [Fact]
    public async Task The_genesis_entry_has_a_receipt_too()
    {
        var receipt = await Ledger.ReadReceiptAsync(new(0), Cancellation);

        Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(receipt!, Ledger.PublicKey.Span, []));
    }
}
