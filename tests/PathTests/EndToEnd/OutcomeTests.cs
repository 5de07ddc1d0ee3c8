using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Xunit;
using Infringement = Ecmr.Facts.V1.Infringement;
using InfringementClass = Ecmr.Facts.V1.InfringementClass;
using InfringementDomain = Ecmr.Facts.V1.InfringementDomain;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>Outcomes of inspections: repeatable, checked, and felt by the carrier's other vehicles.</summary>
public class OutcomeTests : GatewayTests
{
    [Fact]
    public async Task An_outcome_sent_twice_is_recorded_once()
    {
        await using var gateway = await StartAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"));
        var request = Clean("12-BCD-3");

        var first = await gateway.Inspection.RecordOutcomeAsync(request, inspector);
        var again = await gateway.Inspection.RecordOutcomeAsync(request, inspector);
        request.Infringements.Add(Serious());
        var other = await Assert.ThrowsAsync<RpcException>(
            async () => await gateway.Inspection.RecordOutcomeAsync(request, inspector));

        Assert.True(first.CarrierKnown);
        Assert.Equal(first.Receipt, again.Receipt);
        Assert.True(again.AlreadyRecorded);
        Assert.Equal("REQUEST_ID_REUSED", other.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
    }

    [Fact]
    public async Task Infringements_of_one_vehicle_raise_the_carriers_others()
    {
        await using var gateway = await StartAsync();
        var submitter = await gateway.AsAsync("submitter");
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad(plate: "12-BCD-3") }, submitter);
        await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad(plate: "34-FGH-5") }, submitter);
        await gateway.WaitUntilRankedAsync();
        var before = await ScoreAsync(gateway, inspector, "34-FGH-5");

        var request = Clean("12-BCD-3");
        request.Infringements.Add(new Infringement
        {
            Domain = InfringementDomain.Social,
            Class = InfringementClass.MostSerious,
            Count = 2,
        });
        await gateway.Inspection.RecordOutcomeAsync(request, inspector);
        await gateway.WaitUntilRankedAsync();

        Assert.True(await ScoreAsync(gateway, inspector, "34-FGH-5") > before);
    }

    [Fact]
    public async Task A_wrong_outcome_is_told_every_fault()
    {
        await using var gateway = await StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Inspection.RecordOutcomeAsync(
            new()
            {
                RequestId = "not a uuid",
                InspectedTime = TimeProvider.System.GetUtcNow().AddDays(1).ToTimestamp(),
                VehiclesChecked = 3,
                Infringements = { new Infringement() },
            },
            await gateway.AsAsync("inspector", "ilt")));

        Assert.Equal(
            [
                "request_id", "inspected_time", "vehicles_checked", "infringements[0].domain",
                "infringements[0].class", "infringements[0].count", "vehicle",
            ],
            refused.GetRpcStatus()!.GetDetail<BadRequest>().FieldViolations.Select(violation => violation.Field));
    }

    private static async Task<int> ScoreAsync(RunningGateway gateway, Metadata inspector, string plate) =>
        (await gateway.Inspection.ScreenVehicleAsync(new() { Plate = plate, Country = "NL" }, inspector))
        .Vehicles[0].Score;

    private static Infringement Serious() => new()
    {
        Domain = InfringementDomain.Load,
        Class = InfringementClass.Serious,
        Count = 1,
    };

    private static RecordOutcomeRequest Clean(string plate) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        Plate = plate,
        Country = "NL",
        InspectedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
    };
}
