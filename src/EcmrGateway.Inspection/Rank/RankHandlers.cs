using Ecmr.Inspection.V1;
using EcmrGateway.HotStore.Areas;
using EcmrGateway.Inspection.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Area = Ecmr.Inspection.V1.Area;

namespace EcmrGateway.Inspection.Rank;

/// <summary>ListAreas, ListRankedVehicles and WatchRankedVehicles.</summary>
internal sealed class RankHandlers(
    RankRequests requests, RankedVehicles vehicles, AreaList areas, InspectionOptions options, TimeProvider clock,
    IHostApplicationLifetime lifetime)
{
    /// <summary>A list is read again this often: a change shows within it.</summary>
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    /// <summary>An unchanged list is sent again after this long, so that the reader knows the line is alive.</summary>
    private static readonly TimeSpan SendEvery = TimeSpan.FromSeconds(15);

    private int _watchers;

    public ListAreasResponse ListAreas()
    {
        var response = new ListAreasResponse();
        var byName = areas.All.OrderBy(area => area.DisplayName, StringComparer.Ordinal);
        response.Areas.AddRange(byName.Select(area => new Area
        {
            Area_ = area.Id,
            DisplayName = area.DisplayName,
            Latitude = area.Latitude,
            Longitude = area.Longitude,
            RadiusKm = area.RadiusKm,
        }));
        return response;
    }

    public async Task<ListRankedVehiclesResponse> ListAsync(
        ListRankedVehiclesRequest request, CancellationToken cancellation)
    {
        var (window, offset, pageSize) = requests.Read(request);
        var page = await vehicles.ListAsync(window, offset, pageSize, cancellation);
        var response = new ListRankedVehiclesResponse { Completeness = page.Completeness };
        response.Vehicles.AddRange(page.Vehicles);
        if (page.More)
        {
            response.NextPageToken = requests.Next(window, offset + pageSize);
        }

        return response;
    }

    public async Task WatchAsync(
        WatchRankedVehiclesRequest request, IServerStreamWriter<WatchRankedVehiclesResponse> answers,
        CancellationToken cancellation)
    {
        requests.Read(request);
        if (Interlocked.Increment(ref _watchers) > options.WatchersMax)
        {
            Interlocked.Decrement(ref _watchers);
            throw InspectionError.Overloaded();
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, lifetime.ApplicationStopping);
        try
        {
            await SendChangesAsync(request, answers, either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw InspectionError.Stopping();
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private async Task SendChangesAsync(
        WatchRankedVehiclesRequest request, IServerStreamWriter<WatchRankedVehiclesResponse> answers,
        CancellationToken cancellation)
    {
        var sent = ByteString.Empty;
        var sentAt = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(ReadEvery, clock);
        do
        {
            // The window moves with the clock, so it is read anew each time.
            var (window, limit) = requests.Read(request);
            var page = await vehicles.ListAsync(window, 0, limit, cancellation);
            var response = new WatchRankedVehiclesResponse { Completeness = page.Completeness };
            response.Vehicles.AddRange(page.Vehicles);

            // When a list was read is no change of it; of one that is degraded the time stands still anyway.
            var readTime = response.Completeness.ReadTime;
            response.Completeness.ReadTime = null;
            var content = response.ToByteString();
            response.Completeness.ReadTime = readTime;
            var now = clock.GetUtcNow();
            if (content != sent || now - sentAt >= SendEvery)
            {
                sent = content;
                sentAt = now;
                response.Time = now.ToTimestamp();

                // Without the token: a write that is cancelled in the midst resets the stream without a status.
                await answers.WriteAsync(response, CancellationToken.None);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }
}
