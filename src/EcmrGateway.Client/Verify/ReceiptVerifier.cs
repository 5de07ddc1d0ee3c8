using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecmr.Note.V1;
using Ecmr.Receipt.V1;
using EcmrGateway.Client.Json;
using static EcmrGateway.Client.Verify.VerificationOutcome;

namespace EcmrGateway.Client.Verify;

/// <summary>
/// Verifies a receipt off-line with the gateway's public key alone. It shares no code with the server: both were
/// written from the description at ecmr.receipt.v1.
/// </summary>
public static class ReceiptVerifier
{
    private const int PathLengthMax = 63;
    private const int StatementBytesMax = 16 * 1024;
    private const int SignatureBytes = 64;

    // 9999-12-31T23:59:59Z.
    private const long TimeSecondsMax = 253_402_300_799;

    /// <param name="publicKeyPem">SubjectPublicKeyInfo in PEM; null: key and signature are not checked.</param>
    /// <param name="note">The note at hand; null: its content is not compared.</param>
    public static VerificationReport Verify(Receipt receipt, string? publicKeyPem, ConsignmentNote? note)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var results = new List<VerificationResult>();
        if (Form(receipt) is { } wrong)
        {
            Add(VerificationStep.Form, Failed, wrong);
            return new(results);
        }

        Add(VerificationStep.Form, Passed, "All parts are there and of the right size.");
        var statement = Statement.Read(receipt.Statement.Span);
        var (stated, detail) = CheckStatement(receipt, statement);
        Add(VerificationStep.Statement, stated, detail);
        Add(VerificationStep.Commitment, Commitment(receipt, statement) ? Passed : Failed,
            "SHA-256 of the salt and the content's hash, against the statement.");
        var (leaf, size, hashes) = (receipt.LeafIndex, receipt.TreeHead.TreeSize, receipt.InclusionPath.Count);
        Add(VerificationStep.Inclusion, Included(receipt) ? Passed : Failed,
            $"Leaf {leaf} in a tree of {size}, {hashes} hashes.");
        results.AddRange(SignedHead.Check(receipt.TreeHead, publicKeyPem));
        results.Add(CheckNote(receipt, statement, note));
        return new(results);

        void Add(VerificationStep step, VerificationOutcome outcome, string text) =>
            results.Add(new(step, outcome, text));
    }

    /// <returns>What is wrong; null: nothing.</returns>
    private static string? Form(Receipt receipt) => receipt switch
    {
        { Statement.Length: 0 or > StatementBytesMax } => "The statement is missing or too long.",
        { Salt.Length: not 32 } => "The salt has not 32 bytes.",
        { ContentSha256.Length: not 32 } => "The hash of the content has not 32 bytes.",
        { TreeHead: null or { Time: null } } => "The tree head or its time is missing.",
        { TreeHead.Time.Seconds: < 0 or > TimeSecondsMax } => "The time of the tree head is out of range.",
        _ when receipt.TreeHead.Time.Nanos is < 0 or > 999_999_999 || receipt.TreeHead.Time.Nanos % 1_000_000 != 0 =>
            "The time of the tree head is not in whole milliseconds.",
        { TreeHead.RootHash.Length: not InclusionProof.HashBytes } => "The root has not 32 bytes.",
        { TreeHead.Signature.Length: not SignatureBytes } => "The signature has not 64 bytes.",
        { InclusionPath.Count: > PathLengthMax } => "The path is longer than any tree is high.",
        _ when receipt.InclusionPath.Any(hash => hash.Length != InclusionProof.HashBytes) =>
            "A hash of the path has not 32 bytes.",
        _ => null,
    };

    private static (VerificationOutcome Outcome, string Detail) CheckStatement(Receipt receipt, Statement? statement)
    {
        if (statement is null)
        {
            return (Failed, "The statement is not canonical JSON with the members that a statement has.");
        }

        if (statement.Format != 1)
        {
            return (Failed, $"The statement is of version {statement.Format}; this verifier knows version 1.");
        }

        if (statement.Log != receipt.TreeHead.LogId)
        {
            return (Failed, "The statement names another log than the tree head.");
        }

        return statement.Position == receipt.LeafIndex
            ? (Passed, $"{statement.Kind} {statement.Id}, revision {statement.Version}, of {statement.ReceivedTime}.")
            : (Failed, $"The statement names position {statement.Position}, the receipt {receipt.LeafIndex}.");
    }

    private static bool Commitment(Receipt receipt, Statement? statement)
    {
        var committed = SHA256.HashData([.. receipt.Salt.Span, .. receipt.ContentSha256.Span]);
        return statement is not null && statement.Commitment == Convert.ToHexStringLower(committed);
    }

    private static bool Included(Receipt receipt) => InclusionProof.LeadsTo(
        receipt.TreeHead.RootHash.Span,
        InclusionProof.LeafHash(receipt.Statement.Span),
        receipt.LeafIndex,
        receipt.TreeHead.TreeSize,
        [.. receipt.InclusionPath.Select(hash => hash.ToByteArray())]);

    private static VerificationResult CheckNote(Receipt receipt, Statement? statement, ConsignmentNote? note)
    {
        if (note is null)
        {
            return new(VerificationStep.Note, Skipped, "No note was given to compare with.");
        }

        if (statement?.Id != note.NoteId)
        {
            return new(VerificationStep.Note, Failed,
                $"The receipt is for {statement?.Id ?? "?"}, the note is {note.NoteId}.");
        }

        return receipt.ContentSha256.Span.SequenceEqual(CanonicalNote.Sha256(note))
            ? new(VerificationStep.Note, Passed, "The note's canonical form has the hash of the receipt.")
            : new(VerificationStep.Note, Failed, "The note differs from what was recorded.");
    }

    /// <summary>The statement's members; see ecmr.receipt.v1.Receipt.statement.</summary>
    private sealed record Statement(
        string Commitment, string Id, string Kind, string Log, ulong Position, string ReceivedTime, int Format,
        int Version)
    {
        public static Statement? Read(ReadOnlySpan<byte> bytes)
        {
            try
            {
                var json = bytes.ToArray();
                if (!bytes.SequenceEqual(CanonicalJson.Canonicalize(json)))
                {
                    return null;
                }

                using var document = JsonDocument.Parse(json);
                var root = document.RootElement;
                return new(
                    Text(root, "commitment"), Text(root, "id"), Text(root, "kind"), Text(root, "log"),
                    root.GetProperty("position").GetUInt64(), Text(root, "receivedTime"),
                    root.GetProperty("v").GetInt32(), root.GetProperty("version").GetInt32());
            }
            catch (Exception exception) when (
                exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException
                    or EncoderFallbackException)
            {
                // Said by the failed step; nothing more is known of such a statement.
                return null;
            }
        }

        private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString() ?? "";
    }
}
