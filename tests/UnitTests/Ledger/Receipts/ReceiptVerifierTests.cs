using System.Security.Cryptography;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Receipts;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Receipts;

public sealed class ReceiptVerifierTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Receipt _receipt = new();
    private byte[] _key = [];

    public async ValueTask InitializeAsync()
    {
        await using var ledger = TestLedger.Open(_folder.Path);
        await ledger.AppendAsync(TestLedger.Draft("N-0"), TestContext.Current.CancellationToken);
        var result = await ledger.AppendAsync(TestLedger.Draft("N-1"), TestContext.Current.CancellationToken);
        _receipt = result.Receipt!;
        _key = ledger.PublicKey.ToArray();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Accepts_a_receipt_of_the_ledger()
    {
        Assert.Equal(ReceiptVerdict.Valid, Verify(_receipt));
        Assert.Equal(
            ReceiptVerdict.Valid,
            ReceiptVerifier.Verify(_receipt, _key, TestLedger.Draft("N-1").ContentSha256.Span));
    }

    [Fact]
    public void Rejects_other_content() => Assert.Equal(
        ReceiptVerdict.ContentDiffers,
        ReceiptVerifier.Verify(_receipt, _key, TestLedger.Draft("N-2").ContentSha256.Span));

    [Fact]
    public void Rejects_a_key_that_cannot_be_read() =>
        Assert.Equal(ReceiptVerdict.KeyUnreadable, ReceiptVerifier.Verify(_receipt, _key.AsSpan(1), []));

    [Fact]
    public void Rejects_the_key_of_another_log()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(
            ReceiptVerdict.LogDiffers,
            ReceiptVerifier.Verify(_receipt, other.ExportSubjectPublicKeyInfo(), []));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("/0", true)]
    [InlineData("/4095", true)]
    [InlineData("/", false)]
    [InlineData("/12345", false)]
    [InlineData("/x", false)]
    [InlineData("0", false)]
    public void Takes_the_log_of_a_shard_for_that_of_the_key(string shard, bool taken)
    {
        var logId = TreeHeads.LogIdOf(_key);

        Assert.Equal(taken, TreeHeads.IsLogOf(logId + shard, logId));
        Assert.False(TreeHeads.IsLogOf($"{logId[..^1]}x{shard}", logId));
    }

    [Fact]
    public void Rejects_what_is_no_receipt()
    {
        Assert.Equal(ReceiptVerdict.Malformed, Verify(new Receipt()));
        Assert.Equal(ReceiptVerdict.Malformed, Changed(receipt => receipt.Statement = ByteString.CopyFromUtf8("{")));
        Assert.Equal(ReceiptVerdict.Malformed, Changed(receipt => receipt.Statement = ByteString.CopyFromUtf8("[]")));
        Assert.Equal(ReceiptVerdict.Malformed, Changed(receipt => receipt.TreeHead.Time = null));
    }

    [Fact]
    public void Names_what_was_changed()
    {
        Assert.Equal(ReceiptVerdict.CommitmentDiffers, Changed(receipt => receipt.Salt = Flip(receipt.Salt)));
        Assert.Equal(ReceiptVerdict.PositionDiffers, Changed(receipt => receipt.LeafIndex++));
        Assert.Equal(ReceiptVerdict.LogDiffers, Changed(receipt => receipt.TreeHead.LogId = "abc"));
        Assert.Equal(
            ReceiptVerdict.NotIncluded, Changed(receipt => receipt.InclusionPath[0] = Flip(receipt.InclusionPath[0])));
        Assert.Equal(
            ReceiptVerdict.NotIncluded,
            Changed(receipt => receipt.TreeHead.RootHash = Flip(receipt.TreeHead.RootHash)));
        Assert.Equal(ReceiptVerdict.SignatureInvalid, Changed(receipt => receipt.TreeHead.Time.Nanos += 1_000_000));
        Assert.Equal(
            ReceiptVerdict.SignatureInvalid,
            Changed(receipt => receipt.TreeHead.Signature = Flip(receipt.TreeHead.Signature)));
    }

    [Fact]
    public void Rejects_a_statement_with_any_byte_changed()
    {
        for (var index = 0; index < _receipt.Statement.Length; index++)
        {
            var changed = _receipt.Statement.ToByteArray();
            changed[index] ^= 1;

            Assert.NotEqual(
                ReceiptVerdict.Valid, Changed(receipt => receipt.Statement = ByteString.CopyFrom(changed)));
        }
    }

    private ReceiptVerdict Verify(Receipt receipt) => ReceiptVerifier.Verify(receipt, _key, []);

    private ReceiptVerdict Changed(Action<Receipt> change)
    {
        var receipt = _receipt.Clone();
        change(receipt);
        return Verify(receipt);
    }

    private static ByteString Flip(ByteString bytes)
    {
        var changed = bytes.ToByteArray();
        changed[^1] ^= 1;
        return ByteString.CopyFrom(changed);
    }
}
