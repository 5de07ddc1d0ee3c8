using System.Buffers.Binary;
using Ecmr.Inspection.V1;
using EcmrGateway.HotStore.Areas;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Ledger.Tokens;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Inspection.Rank;

/// <summary>Reads and checks requests for rankings.</summary>
internal sealed class RankRequests(
    AreaList areas, OpaqueTokens tokens, InspectionOptions options, TimeProvider clock)
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 500;
    private const string TokenPurpose = "ranked-vehicles";

    public (RankWindow Window, int Offset, int PageSize) Read(ListRankedVehiclesRequest request)
    {
        var start = Time(request.WindowStart, "window_start") ?? clock.GetUtcNow();
        var end = Time(request.WindowEnd, "window_end") ?? start + RankWindow.LengthDefault;
        if (end <= start || end - start > RankWindow.LengthMax)
        {
            throw InspectionError.Invalid(
                ("window_end", "End the window after its start and at most 48 hours after it."));
        }

        var (window, offset) = request.PageToken.Length == 0
            ? (RankWindow.Of(Known(request.Area), start, end), 0)
            : Open(Known(request.Area), request.PageToken);
        return (window, offset, PageSize(request.PageSize, "page_size"));
    }

    public (RankWindow Window, int Limit) Read(WatchRankedVehiclesRequest request)
    {
        if (request.WindowMinutes < 0 || request.WindowMinutes > RankWindow.LengthMax.TotalMinutes)
        {
            throw InspectionError.Invalid(("window_minutes", "Ask for 1 to 2880 minutes."));
        }

        var length = request.WindowMinutes == 0
            ? RankWindow.LengthDefault
            : TimeSpan.FromMinutes(request.WindowMinutes);
        var now = clock.GetUtcNow();
        return (RankWindow.Of(Known(request.Area), now, now + length), PageSize(request.Limit, "limit"));
    }

    /// <summary>Token of the page that starts at an offset; empty when pages reach no deeper.</summary>
    public string Next(RankWindow window, int offset)
    {
        if (offset >= options.RankDepthMax)
        {
            return "";
        }

        var content = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(content, window.FirstHour);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4), window.LastHour);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(8), offset);
        return tokens.Seal($"{TokenPurpose}:{window.Area}", content);
    }

    private (RankWindow Window, int Offset) Open(string area, string token)
    {
        if (!tokens.TryOpen($"{TokenPurpose}:{area}", token, out var content) || content.Length != 12)
        {
            throw InspectionError.PageTokenInvalid();
        }

        return (
            new(area, BinaryPrimitives.ReadInt32BigEndian(content),
                BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4))),
            BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(8)));
    }

    private string Known(string area)
    {
        if (area.Length == 0)
        {
            throw InspectionError.Invalid(("area", "Name the area."));
        }

        return areas.Find(area) is not null ? area : throw InspectionError.AreaNotFound();
    }

    private static int PageSize(int asked, string field) => asked switch
    {
        < 0 => throw InspectionError.Invalid((field, "Ask for 0 or more.")),
        0 => PageSizeDefault,
        _ => Math.Min(asked, PageSizeMax),
    };

    private static DateTimeOffset? Time(Timestamp? time, string field)
    {
        if (time is null)
        {
            return null;
        }

        // A timestamp on the wire may be outside what can be reckoned with.
        return time.Seconds is > 0 and < 253_402_300_800 && time.Nanos is >= 0 and < 1_000_000_000
            ? time.ToDateTimeOffset()
            : throw InspectionError.Invalid((field, "This is no usable time."));
    }
}
