using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecmr.Receipt.V1;
using static EcmrGateway.Client.Verify.VerificationOutcome;

namespace EcmrGateway.Client.Verify;

/// <summary>The key of a log and its signature over a tree head, as ecmr.receipt.v1.TreeHead describes them.</summary>
internal static class SignedHead
{
    private const string Prefix = "ecmr-tree-head-v1";
    private const int LogIdBytes = 16;
    private const int ShardDigitsMax = 4;
    private const string CurveP256 = "1.2.840.10045.3.1.7";

    public static IEnumerable<VerificationResult> Check(TreeHead head, string? publicKeyPem)
    {
        if (publicKeyPem is null)
        {
            return
            [
                new(VerificationStep.Key, Skipped, "No public key was given."),
                new(VerificationStep.Signature, Skipped, "No public key was given."),
            ];
        }

        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKeyPem);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return
            [
                new(VerificationStep.Key, Failed, "The key is not an EC public key in PEM."),
                new(VerificationStep.Signature, Failed, "There is no usable key."),
            ];
        }

        return [CheckKey(head, key), CheckSignature(head, key)];
    }

    private static VerificationResult CheckKey(TreeHead head, ECDsa key)
    {
        if (key.ExportParameters(false).Curve.Oid.Value != CurveP256)
        {
            return new(VerificationStep.Key, Failed, "The key is not on the curve P-256.");
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, LogIdBytes));
        return id == head.LogId || IsShardOf(id, head.LogId)
            ? new(VerificationStep.Key, Passed, $"The log {head.LogId} is named after this key.")
            : new(VerificationStep.Key, Failed, $"The key is that of the log {id}, the tree head of {head.LogId}.");
    }

    /// <summary>A ledger of several shards has a log for each: the key's name, "/" and the shard's number.</summary>
    private static bool IsShardOf(string id, string logId) =>
        logId.Split('/') is [var named, var shard] && named == id
        && shard.Length is >= 1 and <= ShardDigitsMax && shard.All(char.IsAsciiDigit);

    private static VerificationResult CheckSignature(TreeHead head, ECDsa key)
    {
        var valid = key.VerifyData(
            SignedBytes(head), head.Signature.Span, HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var time = head.Time.ToDateTimeOffset().ToString("O", CultureInfo.InvariantCulture);
        return new(VerificationStep.Signature, valid ? Passed : Failed, $"ES256 over the tree head of {time}.");
    }

    internal static byte[] SignedBytes(TreeHead head)
    {
        var milliseconds = (head.Time.Seconds * 1000) + (head.Time.Nanos / 1_000_000);
        var root = Convert.ToHexStringLower(head.RootHash.Span);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}\n{head.LogId}\n{head.TreeSize}\n{root}\n{milliseconds}\n"));
    }
}
