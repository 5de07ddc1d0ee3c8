using Ecmr.Inspection.V1;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Inspection.Reveal;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Tokens;

namespace EcmrGateway.Inspection.Audit;

/// <summary>ListAccessRecords, for auditors.</summary>
internal sealed class AuditHandler(AccessLog log, OpaqueTokens tokens)
{
    private const int PageSizeDefault = 100;
    private const int PageSizeMax = 1_000;
    private const string TokenPurpose = "access-records";

    public async Task<ListAccessRecordsResponse> ListAsync(
        ListAccessRecordsRequest request, CancellationToken cancellation)
    {
        if (request.PageSize < 0)
        {
            throw InspectionError.Invalid(("page_size", "Ask for 0 or more."));
        }

        var pageSize = request.PageSize == 0 ? PageSizeDefault : Math.Min(request.PageSize, PageSizeMax);
        var after = After(request.PageToken);
        var lines = await log.ReadAsync(after, pageSize + 1, cancellation);
        var response = new ListAccessRecordsResponse();
        response.Records.AddRange(lines.Take(pageSize).Select(line => line.Line));
        if (lines.Count > pageSize)
        {
            var end = after.With(lines[pageSize - 1].Position);
            response.NextPageToken = tokens.Seal(TokenPurpose, end.ToBytes());
        }

        return response;
    }

    private LedgerMark After(string token)
    {
        if (token.Length == 0)
        {
            return log.Beginning;
        }

        return tokens.TryOpen(TokenPurpose, token, out var content)
            && LedgerMark.FromBytes(content, log.Beginning.ShardCount) is { } after
            ? after
            : throw InspectionError.PageTokenInvalid();
    }
}
