using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using Ecmr.Receipt.V1;
using EcmrGateway.Client.Verify;
using Google.Protobuf;
using Grpc.Core;

namespace EcmrGateway.Faults;

/// <summary>Looks for what a fault may have done: lost, doubled or altered notes, and rankings that differ.</summary>
internal sealed class Audit(
    GatewayProcess ingress, GatewayProcess inspection, Metadata submitter, Metadata inspector)
{
    private const int Readers = 16;
    private static readonly TimeSpan RankedWithin = TimeSpan.FromMinutes(2);

    /// <summary>Why a note that is held could not be read, last.</summary>
    public string LastFailure { get; private set; } = "";

    private IngressService.IngressServiceClient Ingress => new(ingress.Channel);

    private InspectionService.InspectionServiceClient Inspection => new(inspection.Channel);

    /// <summary>Reads every held note back and verifies its receipt off-line.</summary>
    public async Task<(int Lost, int Unverifiable)> CheckHeldAsync(Load load, IEnumerable<string> noteIds)
    {
        var publicKey = await ingress.PublicKeyAsync();
        var lost = 0;
        var unverifiable = 0;
        await Parallel.ForEachAsync(
            noteIds, new ParallelOptions { MaxDegreeOfParallelism = Readers },
            async (noteId, _) =>
            {
                var (note, receipt) = load.Held[noteId];
                if (!Verifies(receipt, publicKey))
                {
                    Interlocked.Increment(ref unverifiable);
                }

                try
                {
                    var read = await Ingress.GetConsignmentNoteAsync(
                        new() { NoteId = noteId }, submitter, cancellationToken: CancellationToken.None);
                    if (!read.Note.Equals(note) || !read.Receipt.Equals(receipt))
                    {
                        Interlocked.Increment(ref lost);
                    }
                }
                catch (RpcException failure)
                {
                    LastFailure = failure.Status.ToString();
                    Interlocked.Increment(ref lost);
                }
            });
        return (lost, unverifiable);
    }

    /// <summary>Follows the whole ledger: a note must be told of once, and positions must rise.</summary>
    public async Task<int> CountDoubledAsync(ulong newest)
    {
        using var watch = Ingress.WatchConsignmentNotes(new(), submitter);
        var seen = new HashSet<string>();
        var doubled = 0;
        ulong last = 0;
        while (last < newest && await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            var told = watch.ResponseStream.Current;
            if (told.NoteId.Length == 0)
            {
                break;
            }

            if (!seen.Add(told.NoteId) || told.Position <= last)
            {
                doubled++;
            }

            last = told.Position;
        }

        return doubled;
    }

    /// <summary>Every area's ranking as text, once all facts are scored.</summary>
    public async Task<string> RankingAsync(DateTimeOffset windowStart)
    {
        var areas = await Inspection.ListAreasAsync(new(), inspector);
        await WaitUntilRankedAsync(areas.Areas[0].Area_);
        var text = new List<string>();
        foreach (var area in areas.Areas)
        {
            var request = new ListRankedVehiclesRequest
            {
                Area = area.Area_,
                PageSize = 500,
                WindowStart = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(windowStart),
                WindowEnd = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(windowStart.AddHours(12)),
            };
            var list = await Inspection.ListRankedVehiclesAsync(request, inspector);
            text.AddRange(list.Vehicles.Select(vehicle => $"{area.Area_} {JsonFormatter.Default.Format(vehicle)}"));
        }

        return string.Join('\n', text);
    }

    private async Task WaitUntilRankedAsync(string area)
    {
        var until = TimeProvider.System.GetUtcNow() + RankedWithin;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            if (await IsRankedAsync(area))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException($"Not everything was ranked within {RankedWithin.TotalMinutes} minutes.");
    }

    private async Task<bool> IsRankedAsync(string area)
    {
        try
        {
            var list = await Inspection.ListRankedVehiclesAsync(new() { Area = area }, inspector);
            return list.Completeness is { RebuiltPercent: 100, Degraded: false } completeness
                && completeness.ScoredPosition >= completeness.NewestPosition;
        }
        catch (RpcException away) when (away.StatusCode == StatusCode.Unavailable)
        {
            // An engine is not back yet.
            return false;
        }
    }

    private static bool Verifies(Receipt receipt, string publicKey) =>
        ReceiptVerifier.Verify(receipt, publicKey, note: null).IsVerified;
}
