using Ecmr.Inspection.V1;
using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Inspection;

/// <summary>Who looks at what a note says is on record first; without the record there is no look.</summary>
public sealed class AccessRecordTests
{
    /// <summary>Fields that tell who or what stands behind a pseudonym.</summary>
    private static readonly string[] Telling =
        ["plate", "registration", "name", "person", "driver", "address", "street", "phone", "email", "vat", "eori"];

    private static readonly AccessReason Reason = new() { Purpose = "roadside check", LegalBasis = "Wwg art. 2.13" };

    /// <summary>A new call that tells as much has to ask for a reason and name its record too.</summary>
    [Fact]
    public void Every_call_that_tells_what_a_note_says_asks_for_a_reason_and_names_its_record()
    {
        var telling = InspectionService.Descriptor.Methods.Where(method => Tells(method.OutputType, [])).ToList();

        Assert.Equal(["RevealVehicles", "RevealConsignmentNote"], telling.Select(method => method.Name));
        Assert.All(telling, method =>
        {
            Assert.Equal(AccessReason.Descriptor, method.InputType.FindFieldByName("reason")?.MessageType);
            Assert.NotNull(method.OutputType.FindFieldByName("operation_id"));
        });
    }

    [Fact]
    public async Task Nothing_is_revealed_and_no_note_is_read_when_the_record_cannot_be_written()
    {
        var watch = new WatchedLedger.Watch();
        await using var gateway = await RunningGateway.StartAsync(configure: watch.Apply);
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"));
        await gateway.WaitUntilRankedAsync();
        var vehicle = Assert.Single((await gateway.Inspection.ScreenVehicleAsync(
            new() { Plate = "12-BCD-3", Country = "NL" }, inspector)).Vehicles);
        var vehicles = new RevealVehiclesRequest { Vehicles = { vehicle.Vehicle }, Reason = Reason };
        var note = new RevealConsignmentNoteRequest { NotePosition = vehicle.NotePosition, Reason = Reason };

        watch.Refused = EntryKind.Access;
        watch.Calls.Clear();
        await IsUnavailableAsync(async () => await gateway.Inspection.RevealVehiclesAsync(vehicles, inspector));
        await IsUnavailableAsync(async () => await gateway.Inspection.RevealConsignmentNoteAsync(note, inspector));
        Assert.DoesNotContain(watch.Calls, IsReadOfNotes);

        // And with the record both are answered, from the same ledger.
        watch.Refused = null;
        var plates = await gateway.Inspection.RevealVehiclesAsync(vehicles, inspector);
        Assert.Equal("12-BCD-3", Assert.Single(plates.Vehicles).Plate);
        await gateway.Inspection.RevealConsignmentNoteAsync(note, inspector);
        Assert.Contains(watch.Calls, IsReadOfNotes);
        Assert.Equal(2, (await gateway.Inspection.ListAccessRecordsAsync(
            new(), await gateway.AsAsync("auditor", "ilt"))).Records.Count);
    }

    /// <summary>Members that give back entries; scoring reads facts only.</summary>
    private static bool IsReadOfNotes(string call) =>
        call is nameof(INoteLedger.ReadAsync) or nameof(INoteLedger.FindAsync);

    private static async Task IsUnavailableAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Equal("LEDGER_UNAVAILABLE", refused.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
    }

    private static bool Tells(MessageDescriptor message, HashSet<MessageDescriptor> seen) =>
        seen.Add(message) && message.Fields.InDeclarationOrder().Any(field =>
            Telling.Contains(field.Name)
            || (field.FieldType == FieldType.Message
                && (field.MessageType.File.Package == "ecmr.note.v1" || Tells(field.MessageType, seen))));
}
