using Ecmr.Inspection.V1;
using EcmrGateway.Inspection.Erasure;
using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Gateway;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A note that is erased at somebody's request: what is told of it afterwards, and to whom.</summary>
public class EraseTests : GatewayTests
{
    private static readonly AccessReason Reason = new() { Purpose = "request 4711", LegalBasis = "GDPR art. 17" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_note_is_told_as_such_to_all_who_ask()
    {
        await using var gateway = await StartAsync();
        var (submitter, inspector) = (await gateway.AsAsync("submitter"), await gateway.AsAsync("inspector", "ilt"));
        var note = SampleNotes.OnTheRoad();
        var receipt = (await gateway.Ingress.SubmitAsync(new() { Note = note }, submitter)).Receipt;

        var erased = await EraseAsync(gateway, "acme", note.NoteId);

        Assert.Equal(receipt.LeafIndex, (ulong)erased!.Value.Position.Index);
        await RefusedAsync("NOTE_ERASED", () => gateway.Ingress.SubmitAsync(new() { Note = note }, submitter));
        await RefusedAsync(
            "NOTE_ERASED", () => gateway.Ingress.GetConsignmentNoteAsync(new() { NoteId = note.NoteId }, submitter));
        await RefusedAsync("ENTRY_ERASED", () => gateway.Inspection.RevealConsignmentNoteAsync(
            new() { NotePosition = (ulong)erased.Value.Position.Value, Reason = Reason }, inspector));
        using var watch = gateway.Ingress.WatchConsignmentNotes(new() { IncludeNote = true }, submitter);
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(note.NoteId, watch.ResponseStream.Current.NoteId);
        Assert.Null(watch.ResponseStream.Current.Note);
    }

    [Fact]
    public async Task A_vehicle_is_revealed_by_its_newest_note_that_is_left()
    {
        await using var gateway = await StartAsync();
        var (submitter, inspector) = (await gateway.AsAsync("submitter"), await gateway.AsAsync("inspector", "ilt"));
        var (older, newer) = (SampleNotes.OnTheRoad(plate: "12-BCD-3"), SampleNotes.OnTheRoad(plate: "12-BCD-3"));
        newer.Legs[0].Vehicle.Plate = "12 BCD 3";
        await gateway.Ingress.SubmitAsync(new() { Note = older }, submitter);
        await gateway.Ingress.SubmitAsync(new() { Note = newer }, submitter);
        await gateway.WaitUntilRankedAsync();
        var vehicle = Assert.Single((await gateway.Inspection.ScreenVehicleAsync(
            new() { Plate = "12BCD3", Country = "NL" }, inspector)).Vehicles).Vehicle;

        await EraseAsync(gateway, "acme", newer.NoteId);
        var left = await gateway.Inspection.RevealVehiclesAsync(
            new() { Vehicles = { vehicle }, Reason = Reason }, inspector);
        await EraseAsync(gateway, "acme", older.NoteId);
        var none = await gateway.Inspection.RevealVehiclesAsync(
            new() { Vehicles = { vehicle }, Reason = Reason }, inspector);

        Assert.Equal("12-BCD-3", Assert.Single(left.Vehicles).Plate);
        Assert.Empty(none.Vehicles);
    }

    [Fact]
    public async Task Each_erasure_leaves_an_audit_line_and_a_wrong_one_leaves_none()
    {
        await using var gateway = await StartAsync();
        var note = SampleNotes.OnTheRoad();
        await gateway.Ingress.SubmitAsync(new() { Note = note }, await gateway.AsAsync("submitter"));

        Assert.Null(await EraseAsync(gateway, "globex", note.NoteId));
        var incomplete = await Assert.ThrowsAsync<ArgumentException>(() => ErasureOf(gateway).EraseAsync(
            "acme", note.NoteId, "operator-7", new() { Purpose = "request 4711" }, Cancellation));
        var erased = await EraseAsync(gateway, "acme", note.NoteId);

        Assert.Contains("legal basis", incomplete.Message, StringComparison.Ordinal);
        var line = Assert.Single((await gateway.Inspection.ListAccessRecordsAsync(
            new(), await gateway.AsAsync("auditor", "ilt"))).Records);
        Assert.Equal(erased!.Value.OperationId, line.OperationId);
        Assert.Equal(
            ("EraseConsignmentNote", $"note:{erased.Value.Position.Value}", "operator-7", "request 4711"),
            (line.Activity, line.Subject, line.Actor, line.Purpose));
    }

    private static NoteErasure ErasureOf(RunningGateway gateway) =>
        new(gateway.Services.GetRequiredService<INoteLedger>(), TimeProvider.System);

    private static Task<ErasedNote?> EraseAsync(RunningGateway gateway, string party, string noteId) =>
        ErasureOf(gateway).EraseAsync(party, noteId, "operator-7", Reason, Cancellation);

    private static async Task RefusedAsync<T>(string reason, Func<AsyncUnaryCall<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal(reason, refused.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
    }
}
