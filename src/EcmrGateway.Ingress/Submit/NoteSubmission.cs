using System.Diagnostics;
using Ecmr.Ingress.V1;
using EcmrGateway.Ingress.Errors;
using EcmrGateway.Ingress.Facts;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Notes.Canonical;
using EcmrGateway.Notes.Places;
using EcmrGateway.Notes.Rules;
using Google.Protobuf;
using Finding = EcmrGateway.Notes.Rules.Finding;
using Severity = EcmrGateway.Notes.Rules.Severity;

namespace EcmrGateway.Ingress.Submit;

/// <summary>What is answered to one submission: one of the two is set.</summary>
internal readonly record struct SubmissionAnswer(SubmitResponse? Recorded, Google.Rpc.Status? Error);

/// <summary>Takes one note: 1 read, 2 check, 3 write its fact, 4 append, 5 answer. Nothing else happens on the way.
/// </summary>
internal sealed class NoteSubmission(
    INoteLedger ledger, FactWriter facts, Locodes places, IngressTelemetry telemetry, ReceiptAudit audit,
    TimeProvider clock)
{
    /// <remarks>
    /// Up to the append it runs on the caller's thread, so that calls in order are appended in order.
    /// </remarks>
    public async Task<SubmissionAnswer> SubmitAsync(
        string party, string requestId, Ecmr.Note.V1.ConsignmentNote? note, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await AnswerOrRefuseAsync(party, requestId, note, cancellation);
        telemetry.Answered(answer.Error, answer.Recorded?.AlreadyRecorded ?? false, started);
        return answer;
    }

    private async Task<SubmissionAnswer> AnswerOrRefuseAsync(
        string party, string requestId, Ecmr.Note.V1.ConsignmentNote? note, CancellationToken cancellation)
    {
        try
        {
            return await AnswerAsync(party, requestId, note, cancellation);
        }
        catch (LedgerUnavailableException)
        {
            // What is there already could not be read. The other notes of a stream may still be recorded.
            return Refused(IngressError.LedgerUnavailable());
        }
    }

    private async Task<SubmissionAnswer> AnswerAsync(
        string party, string requestId, Ecmr.Note.V1.ConsignmentNote? message, CancellationToken cancellation)
    {
        if (message is null)
        {
            return Refused(IngressError.RequestInvalid("note", "Send a note."));
        }

        if (requestId.Length > 0 && !IsLowerCaseUuid(requestId))
        {
            return Refused(IngressError.RequestInvalid("request_id", "Choose a UUID in lower case, or leave it out."));
        }

        var received = clock.GetUtcNow();
        var read = NoteReader.Read(message);
        if (read.Note is not { } note)
        {
            return Refused(IngressError.NoteRefused(read.Findings));
        }

        var findings = NoteRules.Check(note, new NoteRuleContext(received, places), read.Findings);
        if (read.Findings.Count > 0)
        {
            return Refused(IngressError.NoteRefused(findings));
        }

        var contentSha256 = CanonicalNote.Sha256(note);
        if (findings.Any(finding => finding.Severity == Severity.Error))
        {
            // A note that was recorded once is recorded for ever, even when today's rules would refuse it.
            var earlier = await ledger.FindAppendedAsync(
                EntryKind.Note, party, note.NoteId.ToString(), requestId, contentSha256, cancellation);
            return earlier is { Status: AppendStatus.AlreadyAppended or AppendStatus.Erased }
                ? Answer(earlier, findings)
                : Refused(IngressError.NoteRefused(findings));
        }

        var (fact, subjects) = facts.Write(note, findings, received);
        var result = await ledger.AppendAsync(
            new EntryDraft
            {
                Kind = EntryKind.Note,
                Party = party,
                Id = note.NoteId.ToString(),
                RequestId = requestId,
                Version = Math.Max(1, note.Version),
                Payload = message.ToByteArray(),
                ContentSha256 = contentSha256,
                ReceivedTime = received,
                Fact = fact.ToByteArray(),
                Subjects = [.. subjects.Where(HasHistory)],
                OrderKey = OrderKeyOf(subjects),
                TraceParent = Activity.Current?.Id ?? "",
            },
            cancellation);
        return Answer(ToBeAudited(result, contentSha256), findings);
    }

    private AppendResult ToBeAudited(AppendResult result, byte[] contentSha256)
    {
        if (result.Status == AppendStatus.Appended)
        {
            audit.Given(result.Receipt!, result.Position, contentSha256);
        }

        return result;
    }

    /// <remarks>Nobody reads a carrier's notes, and an index of them costs as much as that of a vehicle's.</remarks>
    private static bool HasHistory(FactSubject subject) => subject.Kind is not SubjectKind.Carrier;

    /// <summary>The contracting carrier's pseudonym; while there is none the consignor's.</summary>
    private static Pseudonym? OrderKeyOf(IReadOnlyList<FactSubject> subjects) => subjects
        .Where(subject => subject.Kind is SubjectKind.Carrier or SubjectKind.Consignor)
        .OrderBy(subject => subject.Kind)
        .Select(subject => (Pseudonym?)subject.Subject)
        .FirstOrDefault();

    private static SubmissionAnswer Answer(AppendResult result, IReadOnlyList<Finding> findings) => result.Status switch
    {
        AppendStatus.Appended or AppendStatus.AlreadyAppended => new(
            new SubmitResponse
            {
                Receipt = result.Receipt,
                Warnings = { findings.Select(Write) },
                AlreadyRecorded = result.Status == AppendStatus.AlreadyAppended,
            },
            Error: null),
        AppendStatus.Erased => Refused(IngressError.NoteErased()),
        AppendStatus.RequestIdReused => Refused(IngressError.RequestIdReused()),
        AppendStatus.ContentDiffers => Refused(IngressError.NoteContentDiffers()),
        AppendStatus.Overloaded => Refused(IngressError.Overloaded()),
        AppendStatus.Unavailable => Refused(IngressError.LedgerUnavailable()),
        _ => throw new UnreachableException($"Unknown {nameof(AppendStatus)} {result.Status}."),
    };

    private static SubmissionAnswer Refused(Google.Rpc.Status error) => new(Recorded: null, error);

    private static Ecmr.Ingress.V1.Finding Write(Finding finding) => new()
    {
        Code = finding.Code,
        Severity = finding.Severity == Severity.Error
            ? Ecmr.Ingress.V1.Severity.Error
            : Ecmr.Ingress.V1.Severity.Warning,
        Field = finding.Field,
        Message = finding.Message,
    };

    private static bool IsLowerCaseUuid(string text) =>
        Guid.TryParseExact(text, "D", out _) && !text.AsSpan().ContainsAnyInRange('A', 'F');
}
