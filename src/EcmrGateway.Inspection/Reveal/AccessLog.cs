using System.Security.Cryptography;
using Ecmr.Inspection.V1;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Inspection.Reveal;

/// <summary>Audit lines in the ledger: one for each subject, on disk before anything is revealed.</summary>
/// <remarks>
/// After the Dutch Logboek Dataverwerkingen: a line for each processing and data subject, none sampled away, each
/// confirmed. They are ledger entries, so that a line cannot be changed or left out unseen.
/// </remarks>
internal sealed class AccessLog(INoteLedger ledger, TimeProvider clock)
{
    /// <summary>Party under which audit lines are kept; no credential can be bound to it.</summary>
    public const string Party = "~access";

    /// <summary>Before the first line.</summary>
    public LedgerMark Beginning => LedgerMark.BeforeAll(ledger.ShardCount);

    /// <summary>Writes a line for each subject and returns the id of the access.</summary>
    /// <exception cref="Grpc.Core.RpcException">A line is not on disk: nothing may be revealed.</exception>
    public async Task<string> WriteAsync(
        Caller caller, string activity, AccessReason reason, IReadOnlyList<string> subjects,
        CancellationToken cancellation)
    {
        var operation = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var now = clock.GetUtcNow();
        var appends = new List<Task<AppendResult>>(subjects.Count);
        for (var i = 0; i < subjects.Count; i++)
        {
            var line = new AccessRecord
            {
                OperationId = operation,
                Activity = activity,
                Subject = subjects[i],
                Purpose = reason.Purpose,
                LegalBasis = reason.LegalBasis,
                Actor = caller.Subject,
                Time = now.ToTimestamp(),
                TraceId = caller.Trace,
            }.ToByteArray();
            appends.Add(ledger.AppendAsync(
                new EntryDraft
                {
                    Kind = EntryKind.Access,
                    Party = Party,
                    Id = FormattableString.Invariant($"{operation}:{i}"),
                    Payload = line,
                    ContentSha256 = SHA256.HashData(line),
                    ReceivedTime = now,
                },
                cancellation).AsTask());
        }

        var results = await Task.WhenAll(appends);
        return results.All(result => result.Status == AppendStatus.Appended)
            ? operation
            : throw InspectionError.LedgerUnavailable();
    }

    /// <summary>Lines after a mark, oldest first: all of them are in the shard of their party.</summary>
    public async Task<IReadOnlyList<(LedgerPosition Position, AccessRecord Line)>> ReadAsync(
        LedgerMark after, int limit, CancellationToken cancellation)
    {
        var entries = await ledger.ReadPartyAsync(EntryKind.Access, Party, after, limit, cancellation);
        return [.. entries.Select(entry => (entry.Position, AccessRecord.Parser.ParseFrom(entry.Payload.Span)))];
    }
}
