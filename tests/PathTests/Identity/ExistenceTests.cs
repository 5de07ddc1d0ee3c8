using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Identity;

/// <summary>Who may not ask does not learn whether a thing exists: not by the answer, and not by how long it takes.
/// </summary>
public sealed class ExistenceTests
{
    private static readonly string[] Roles = ["submitter", "carrier", "inspector", "auditor", ""];
    private static readonly AccessReason Reason = new() { Purpose = "roadside check", LegalBasis = "Wwg art. 2.13" };

    [Fact]
    public async Task Permission_comes_before_existence_in_every_call_that_names_a_thing()
    {
        var watch = new WatchedLedger.Watch();
        await using var gateway = await RunningGateway.StartAsync(configure: watch.Apply);
        var note = SampleNotes.OnTheRoad();
        await gateway.Ingress.SubmitAsync(new() { Note = note }, await gateway.AsAsync("submitter", "acme"));
        await gateway.WaitUntilRankedAsync();
        var known = Assert.Single((await gateway.Inspection.ScreenVehicleAsync(
            new() { Plate = "12-BCD-3", Country = "NL" }, await gateway.AsAsync("inspector", "ilt"))).Vehicles);

        foreach (var (call, role, there, missing) in Calls(gateway, note, known))
        {
            foreach (var other in Roles.Where(one => one != role))
            {
                var headers = other.Length == 0 ? [] : await gateway.AsAsync(other, "acme");
                watch.Calls.Clear();
                var first = await StatusAsync(() => there(headers));
                var second = await StatusAsync(() => missing(headers));

                Assert.Equal((call, other, first), (call, other, second));
                Assert.True(first is not null, $"{call} as '{other}' was answered.");

                // A look into the ledger takes longer for what is there. Nothing that a call does was done.
                Assert.DoesNotContain(watch.Calls, name => name is "FindAsync" or "ReadAsync" or "AppendAsync"
                    or "ReadPartyAsync" or "ReadReceiptAsync" or "FindAppendedAsync");
            }
        }
    }

    /// <summary>Calls that name a thing, each with one that is there and one that is not.</summary>
    private static IEnumerable<(string Name, string Role, Func<Metadata, Task> There, Func<Metadata, Task> Missing)>
        Calls(RunningGateway gateway, Ecmr.Note.V1.ConsignmentNote note, RankedVehicle known)
    {
        var (ingress, inspection) = (gateway.Ingress, gateway.Inspection);
        var nowhere = new string('A', 22);
        yield return Of("GetConsignmentNote", "submitter",
            new GetConsignmentNoteRequest { NoteId = note.NoteId },
            new GetConsignmentNoteRequest { NoteId = Guid.NewGuid().ToString() },
            async (request, headers) => await ingress.GetConsignmentNoteAsync(request, headers));
        yield return Of("Submit", "submitter",
            new SubmitRequest { Note = note }, new SubmitRequest { Note = SampleNotes.OnTheRoad() },
            async (request, headers) => await ingress.SubmitAsync(request, headers));
        yield return Of("ScreenVehicle", "inspector",
            new ScreenVehicleRequest { Plate = "12-BCD-3" }, new ScreenVehicleRequest { Plate = "98-ZXW-7" },
            async (request, headers) => await inspection.ScreenVehicleAsync(request, headers));
        yield return Of("RevealVehicles", "inspector",
            new RevealVehiclesRequest { Vehicles = { known.Vehicle }, Reason = Reason },
            new RevealVehiclesRequest { Vehicles = { nowhere }, Reason = Reason },
            async (request, headers) => await inspection.RevealVehiclesAsync(request, headers));
        yield return Of("RevealConsignmentNote", "inspector",
            new RevealConsignmentNoteRequest { NotePosition = known.NotePosition, Reason = Reason },
            new RevealConsignmentNoteRequest { NotePosition = 999_999, Reason = Reason },
            async (request, headers) => await inspection.RevealConsignmentNoteAsync(request, headers));
        yield return Of("RecordOutcome", "inspector",
            Outcome(known.Vehicle), Outcome(nowhere),
            async (request, headers) => await inspection.RecordOutcomeAsync(request, headers));
        yield return Of("ListRankedVehicles", "inspector",
            new ListRankedVehiclesRequest { Area = "rotterdam" }, new ListRankedVehiclesRequest { Area = "atlantis" },
            async (request, headers) => await inspection.ListRankedVehiclesAsync(request, headers));
    }

    private static (string, string, Func<Metadata, Task>, Func<Metadata, Task>) Of<T>(
        string name, string role, T there, T missing, Func<T, Metadata, Task> call)
        where T : IMessage => (name, role, headers => call(there, headers), headers => call(missing, headers));

    private static RecordOutcomeRequest Outcome(string vehicle) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        Vehicle = vehicle,
        InspectedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
    };

    private static async Task<Google.Rpc.Status?> StatusAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException refused)
        {
            return refused.GetRpcStatus();
        }
    }
}
