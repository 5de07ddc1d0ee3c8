using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit;
using Infringement = Ecmr.Facts.V1.Infringement;
using InfringementClass = Ecmr.Facts.V1.InfringementClass;
using InfringementDomain = Ecmr.Facts.V1.InfringementDomain;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>One note all the way: submitted, ranked, screened, revealed, inspected, and ranked anew.</summary>
public class FirstNoteTests : GatewayTests
{
    private static readonly AccessReason Reason = new() { Purpose = "roadside check", LegalBasis = "Wwg art. 2.13" };

    [Fact]
    public async Task A_submitted_note_is_ranked_revealed_and_changed_by_an_outcome()
    {
        await using var gateway = await StartAsync();
        var submitter = await gateway.AsAsync("submitter");
        var inspector = await gateway.AsAsync("inspector", "ilt");
        var note = SampleNotes.OnTheRoad(massKg: "48000");

        var submitted = await gateway.Ingress.SubmitAsync(new() { Note = note }, submitter);
        Assert.Equal(1UL, submitted.Receipt.LeafIndex);
        await gateway.WaitUntilRankedAsync();

        var ranked = await gateway.Inspection.ListRankedVehiclesAsync(new() { Area = "rotterdam" }, inspector);
        var vehicle = Assert.Single(ranked.Vehicles);
        Assert.True(vehicle.Score > 0);
        Assert.Equal(vehicle.Score, vehicle.Contributions.Sum(contribution => contribution.Points));
        Assert.All(vehicle.Contributions, contribution => Assert.NotEmpty(contribution.LegalBasis));

        var screened = await gateway.Inspection.ScreenVehicleAsync(new() { Plate = "nl 12bcd3" }, inspector);
        Assert.Equal(vehicle.Vehicle, Assert.Single(screened.Vehicles).Vehicle);

        var revealed = await gateway.Inspection.RevealVehiclesAsync(
            new() { Vehicles = { vehicle.Vehicle }, Reason = Reason }, inspector);
        Assert.Equal("12-BCD-3", Assert.Single(revealed.Vehicles).Plate);

        var opened = await gateway.Inspection.RevealConsignmentNoteAsync(
            new() { NotePosition = vehicle.NotePosition, Reason = Reason }, inspector);
        Assert.Equal(note, opened.Note);

        var outcome = await gateway.Inspection.RecordOutcomeAsync(
            new()
            {
                RequestId = Guid.NewGuid().ToString(),
                Vehicle = vehicle.Vehicle,
                NotePosition = vehicle.NotePosition,
                InspectedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                Infringements =
                {
                    new Infringement
                    {
                        Domain = InfringementDomain.Load, Class = InfringementClass.MostSerious, Count = 1,
                    },
                },
            },
            inspector);
        Assert.True(outcome.CarrierKnown);
        await gateway.WaitUntilRankedAsync();

        var after = await gateway.Inspection.ListRankedVehiclesAsync(new() { Area = "rotterdam" }, inspector);
        var again = Assert.Single(after.Vehicles);
        Assert.True(again.Score > vehicle.Score, $"{again.Score} after a most serious infringement");
        Assert.NotNull(again.LastCheckedTime);
        Assert.Equal(RatingBand.Green, again.FormulaRating.Band);
        Assert.Equal("90.00", again.FormulaRating.Value);
    }

    [Fact]
    public async Task Every_reveal_leaves_a_line_for_each_subject()
    {
        await using var gateway = await StartAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"));
        await gateway.WaitUntilRankedAsync();
        var vehicle = Assert.Single((await gateway.Inspection.ScreenVehicleAsync(
            new() { Plate = "12BCD3", Country = "NL" }, inspector)).Vehicles);

        var revealed = await gateway.Inspection.RevealVehiclesAsync(
            new() { Vehicles = { vehicle.Vehicle, new string('A', 22) }, Reason = Reason }, inspector);
        await gateway.Inspection.RevealConsignmentNoteAsync(
            new() { NotePosition = vehicle.NotePosition, Reason = Reason }, inspector);

        var lines = (await gateway.Inspection.ListAccessRecordsAsync(
            new(), await gateway.AsAsync("auditor", "ilt"))).Records;
        Assert.Equal(
            [vehicle.Vehicle, new string('A', 22), $"note:{vehicle.NotePosition}"],
            lines.Select(line => line.Subject));
        Assert.Equal(2, lines.Count(line => line.OperationId == revealed.OperationId));
        Assert.All(lines, line => Assert.Equal("roadside check", line.Purpose));
        Assert.All(lines, line => Assert.Equal("sandbox:inspector:ilt", line.Actor));

        // Audit lines are ledger entries without a fact: they must not look like a backlog of scoring.
        await gateway.WaitUntilRankedAsync();
    }

    [Theory]
    [InlineData("", "Wwg art. 2.13")]
    [InlineData("roadside check", "")]
    public async Task Nothing_is_revealed_without_a_purpose_and_a_legal_basis(string purpose, string legalBasis)
    {
        await using var gateway = await StartAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Inspection.RevealConsignmentNoteAsync(
                new()
                {
                    NotePosition = 1,
                    Reason = new AccessReason { Purpose = purpose, LegalBasis = legalBasis },
                },
                inspector));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        var lines = await gateway.Inspection.ListAccessRecordsAsync(new(), await gateway.AsAsync("auditor", "ilt"));
        Assert.Empty(lines.Records);
    }
}
