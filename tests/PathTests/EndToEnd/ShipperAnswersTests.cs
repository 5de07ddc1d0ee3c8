using Ecmr.Ingress.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit;
using Infringement = Ecmr.Facts.V1.Infringement;
using InfringementClass = Ecmr.Facts.V1.InfringementClass;
using InfringementDomain = Ecmr.Facts.V1.InfringementDomain;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>What a shipper is told is the same whatever its score: nobody can try out what lowers it.</summary>
public sealed class ShipperAnswersTests
{
    private static readonly string[] OfShippers =
        ["ecmr.ingress.v1", "ecmr.note.v1", "ecmr.receipt.v1", "google.rpc", "google.protobuf"];

    /// <summary>Facts, scores and whatever inspectors see are in packages of their own.</summary>
    [Fact]
    public void No_answer_to_a_shipper_can_hold_what_is_made_for_inspectors()
    {
        HashSet<MessageDescriptor> reached = [];
        foreach (var method in IngressService.Descriptor.Methods)
        {
            Reach(method.OutputType, reached);
        }

        Assert.Contains(Ecmr.Note.V1.ConsignmentNote.Descriptor, reached);
        Assert.All(reached, message => Assert.Contains(message.File.Package, OfShippers));
    }

    [Fact]
    public async Task Answers_to_a_shipper_are_the_same_bytes_before_and_after_its_score_rose()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var shipper = await gateway.AsAsync("submitter");
        var inspector = await gateway.AsAsync("inspector", "ilt");
        var note = SampleNotes.OnTheRoad();
        await gateway.Ingress.SubmitAsync(new() { Note = note }, shipper);
        var refused = SampleNotes.OnTheRoad(note.NoteId, massKg: "13000");
        await gateway.WaitUntilRankedAsync();
        var (before, score) = (await AnswersAsync(gateway, shipper, note, refused), await ScoreAsync());

        await gateway.Inspection.RecordOutcomeAsync(
            new()
            {
                RequestId = Guid.NewGuid().ToString(),
                Plate = "12-BCD-3",
                Country = "NL",
                InspectedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                Infringements =
                {
                    new Infringement
                    {
                        Domain = InfringementDomain.Social, Class = InfringementClass.MostSerious, Count = 3,
                    },
                },
            },
            inspector);
        await gateway.WaitUntilRankedAsync();

        Assert.True(await ScoreAsync() > score);
        Assert.Equal(before, await AnswersAsync(gateway, shipper, note, refused));

        async Task<int> ScoreAsync() => Assert.Single((await gateway.Inspection.ScreenVehicleAsync(
            new() { Plate = "12-BCD-3", Country = "NL" }, inspector)).Vehicles).Score;
    }

    /// <summary>All that a shipper can ask, as bytes; resume tokens are encrypted, and differ each time.</summary>
    private static async Task<string[]> AnswersAsync(
        RunningGateway gateway, Metadata shipper, Ecmr.Note.V1.ConsignmentNote note,
        Ecmr.Note.V1.ConsignmentNote refused)
    {
        var again = await gateway.Ingress.SubmitAsync(new() { Note = note }, shipper);
        var read = await gateway.Ingress.GetConsignmentNoteAsync(new() { NoteId = note.NoteId }, shipper);
        using var watch = gateway.Ingress.WatchConsignmentNotes(new() { IncludeNote = true }, shipper);
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var watched = watch.ResponseStream.Current;
        watched.ResumeToken = "";
        using var stream = gateway.Ingress.SubmitStream(shipper);
        await stream.RequestStream.WriteAsync(new() { Note = note }, TestContext.Current.CancellationToken);
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var conflict = await Assert.ThrowsAsync<RpcException>(
            async () => await gateway.Ingress.SubmitAsync(new() { Note = refused }, shipper));
        return
        [
            .. new IMessage[] { again, read, watched, stream.ResponseStream.Current, conflict.GetRpcStatus()! }
                .Select(answer => Convert.ToBase64String(answer.ToByteArray())),
        ];
    }

    private static void Reach(MessageDescriptor message, HashSet<MessageDescriptor> reached)
    {
        if (reached.Add(message))
        {
            foreach (var field in message.Fields.InDeclarationOrder().Where(one => one.FieldType == FieldType.Message))
            {
                Reach(field.MessageType, reached);
            }
        }
    }
}
