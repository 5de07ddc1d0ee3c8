using System.Security.Cryptography;
using System.Text;
using Ecmr.Receipt.V1;
using EcmrGateway.Client.Verify;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Verify;

public sealed class ReceiptVerifierTests : IDisposable
{
    private readonly ReceiptFixture _log = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_receipt_of_any_place_verifies_with_the_key_and_the_note(int index)
    {
        var report = ReceiptVerifier.Verify(_log.Make(index), _log.PublicKeyPem, _log.Note);

        Assert.True(report.IsVerified);
        Assert.All(report.Results, result => Assert.Equal(VerificationOutcome.Passed, result.Outcome));
        Assert.Equal(Enum.GetValues<VerificationStep>(), report.Results.Select(result => result.Step));
    }

    [Theory]
    [InlineData("/0", true)]
    [InlineData("/15", true)]
    [InlineData("/", false)]
    [InlineData("/15/1", false)]
    [InlineData("/99999", false)]
    [InlineData("x", false)]
    public void The_log_of_a_shard_verifies_with_the_key_of_all(string shard, bool verified)
    {
        _log.Shard = shard;

        Assert.Equal(verified, ReceiptVerifier.Verify(_log.Make(3), _log.PublicKeyPem, _log.Note).IsVerified);
    }

    [Fact]
    public void Without_the_note_it_verifies_and_says_so()
    {
        var report = ReceiptVerifier.Verify(_log.Make(3), _log.PublicKeyPem, null);

        Assert.True(report.IsVerified);
        Assert.Equal(VerificationOutcome.Skipped, report.Results[^1].Outcome);
    }

    [Fact]
    public void Without_a_key_nothing_is_verified() =>
        Assert.False(ReceiptVerifier.Verify(_log.Make(3), null, _log.Note).IsVerified);

    [Fact]
    public void Another_note_fails_at_the_note()
    {
        var other = _log.Note.Clone();
        other.NoteNumber = "A-2";

        Assert.Equal([VerificationStep.Note], Failed(ReceiptVerifier.Verify(_log.Make(3), _log.PublicKeyPem, other)));
    }

    [Fact]
    public void Another_note_id_fails_at_the_note()
    {
        var other = _log.Note.Clone();
        other.NoteId = "0b9a5c6e-0000-8000-8000-000000000002";

        Assert.Equal([VerificationStep.Note], Failed(ReceiptVerifier.Verify(_log.Make(3), _log.PublicKeyPem, other)));
    }

    [Fact]
    public void Another_salt_fails_at_the_commitment() => FailsAt(
        receipt => receipt.Salt = Flipped(receipt.Salt), VerificationStep.Commitment);

    [Fact]
    public void Another_content_hash_fails_at_the_commitment() => FailsAt(
        receipt => receipt.ContentSha256 = Flipped(receipt.ContentSha256), VerificationStep.Commitment);

    [Fact]
    public void Another_statement_fails_at_the_inclusion() => FailsAt(
        receipt => receipt.Statement = Replaced(receipt.Statement, "09:00:00", "08:00:00"), VerificationStep.Inclusion);

    [Fact]
    public void A_statement_that_is_not_canonical_fails_at_the_statement() => FailsAt(
        receipt => receipt.Statement = Replaced(receipt.Statement, "\"v\":1", "\"v\": 1"),
        VerificationStep.Statement, VerificationStep.Commitment, VerificationStep.Inclusion);

    [Fact]
    public void A_statement_of_another_log_fails_at_the_statement() => FailsAt(
        receipt => receipt.Statement = Replaced(receipt.Statement, _log.LogId, new string('0', 32)),
        VerificationStep.Statement, VerificationStep.Inclusion);

    [Fact]
    public void A_statement_of_a_newer_form_fails_at_the_statement() => FailsAt(
        receipt => receipt.Statement = Replaced(receipt.Statement, "\"v\":1", "\"v\":2"),
        VerificationStep.Statement, VerificationStep.Inclusion);

    [Fact]
    public void Another_leaf_index_fails_at_the_statement_and_the_inclusion() => FailsAt(
        receipt => receipt.LeafIndex = 2, VerificationStep.Statement, VerificationStep.Inclusion);

    [Fact]
    public void A_path_that_is_cut_fails_at_the_inclusion() => FailsAt(
        receipt => receipt.InclusionPath.RemoveAt(0), VerificationStep.Inclusion);

    [Fact]
    public void A_path_with_one_hash_too_many_fails_at_the_inclusion() => FailsAt(
        receipt => receipt.InclusionPath.Add(receipt.InclusionPath[0]), VerificationStep.Inclusion);

    [Fact]
    public void Another_root_fails_at_the_inclusion_and_the_signature() => FailsAt(
        receipt => receipt.TreeHead.RootHash = Flipped(receipt.TreeHead.RootHash),
        VerificationStep.Inclusion, VerificationStep.Signature);

    [Fact]
    public void Another_root_that_is_signed_anew_fails_at_the_inclusion_alone() => FailsAt(
        receipt =>
        {
            receipt.TreeHead.RootHash = Flipped(receipt.TreeHead.RootHash);
            _log.Sign(receipt.TreeHead);
        },
        VerificationStep.Inclusion);

    [Fact]
    public void Another_tree_size_fails_at_the_signature_at_least() => FailsAt(
        receipt => receipt.TreeHead.TreeSize = 8, VerificationStep.Signature);

    [Fact]
    public void Another_time_fails_at_the_signature() => FailsAt(
        receipt => receipt.TreeHead.Time.Seconds++, VerificationStep.Signature);

    [Fact]
    public void Another_signature_fails_at_the_signature() => FailsAt(
        receipt => receipt.TreeHead.Signature = Flipped(receipt.TreeHead.Signature), VerificationStep.Signature);

    [Fact]
    public void Another_key_fails_at_the_key_and_the_signature()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var report = ReceiptVerifier.Verify(_log.Make(3), other.ExportSubjectPublicKeyInfoPem(), _log.Note);

        Assert.Equal([VerificationStep.Key, VerificationStep.Signature], Failed(report));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void What_is_no_key_fails_and_does_not_throw(string pem) => Assert.Equal(
        [VerificationStep.Key, VerificationStep.Signature],
        Failed(ReceiptVerifier.Verify(_log.Make(3), pem, _log.Note)));

    [Fact]
    public void An_empty_receipt_fails_at_the_form() =>
        Assert.Equal([VerificationStep.Form], Failed(ReceiptVerifier.Verify(new Receipt(), _log.PublicKeyPem, null)));

    [Fact]
    public void A_time_out_of_range_fails_at_the_form() => FailsAt(
        receipt => receipt.TreeHead.Time.Seconds = long.MaxValue, VerificationStep.Form);

    [Fact]
    public void A_hash_of_the_path_that_is_too_short_fails_at_the_form() => FailsAt(
        receipt => receipt.InclusionPath[0] = ByteString.CopyFrom(1, 2, 3), VerificationStep.Form);

    public void Dispose() => _log.Dispose();

    private void FailsAt(Action<Receipt> tamper, params VerificationStep[] steps)
    {
        var receipt = _log.Make(3);
        tamper(receipt);

        var report = ReceiptVerifier.Verify(receipt, _log.PublicKeyPem, _log.Note);

        Assert.False(report.IsVerified);
        Assert.Equal(steps, Failed(report).Where(step => step != VerificationStep.Note));
    }

    private static IEnumerable<VerificationStep> Failed(VerificationReport report) => report.Results
        .Where(result => result.Outcome == VerificationOutcome.Failed).Select(result => result.Step);

    private static ByteString Flipped(ByteString bytes)
    {
        var copy = bytes.ToByteArray();
        copy[5] ^= 1;
        return ByteString.CopyFrom(copy);
    }

    private static ByteString Replaced(ByteString bytes, string old, string fresh)
    {
        var text = bytes.ToStringUtf8();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return ByteString.CopyFrom(text.Replace(old, fresh, StringComparison.Ordinal), Encoding.UTF8);
    }
}
