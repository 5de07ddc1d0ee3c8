using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Identity;

/// <summary>Every call by every role: who may, and that who may not learns nothing.</summary>
public sealed class PermissionMatrixTests
{
    private static readonly Dictionary<string, string> RoleOf = new()
    {
        ["Submit"] = "submitter",
        ["SubmitStream"] = "submitter",
        ["GetConsignmentNote"] = "submitter",
        ["WatchConsignmentNotes"] = "submitter",
        ["ListAreas"] = "inspector",
        ["ListRankedVehicles"] = "inspector",
        ["WatchRankedVehicles"] = "inspector",
        ["ScreenVehicle"] = "inspector",
        ["RevealVehicles"] = "inspector",
        ["RevealConsignmentNote"] = "inspector",
        ["RecordOutcome"] = "inspector",
        ["ListAccessRecords"] = "auditor",
    };

    [Fact]
    public async Task Every_method_answers_its_role_and_refuses_all_others()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var wrong = new List<string>();
        foreach (var method in Methods())
        {
            foreach (var role in new[] { "submitter", "carrier", "inspector", "auditor", "" })
            {
                var headers = role.Length == 0 ? [] : await gateway.AsAsync(role);
                var answered = await CallAsync(gateway, method, headers);
                var expected = role == RoleOf[method.Name] ? "allowed"
                    : role.Length == 0 ? "UNAUTHENTICATED" : "NOT_PERMITTED";
                if (answered != expected)
                {
                    wrong.Add($"{method.Name} as '{role}': {answered}, not {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_note_of_another_party_answers_as_one_that_does_not_exist()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var note = SampleNotes.OnTheRoad();
        await gateway.Ingress.SubmitAsync(new() { Note = note }, await gateway.AsAsync("submitter", "acme"));
        var other = await gateway.AsAsync("submitter", "other");

        var existing = await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Ingress.GetConsignmentNoteAsync(new() { NoteId = note.NoteId }, other));
        var missing = await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Ingress.GetConsignmentNoteAsync(new() { NoteId = Guid.NewGuid().ToString() }, other));
        Assert.Equal(missing.GetRpcStatus(), existing.GetRpcStatus());

        // The id is free for another party too: a conflict would tell that it exists.
        var own = await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad(note.NoteId, plate: "99-XYZ-9") }, other);
        Assert.False(own.AlreadyRecorded);
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJyb2xlIjoic3VibWl0dGVyIiwicGFydHkiOiJhY21lIn0.")]
    public async Task A_forged_token_is_no_credential(string token)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, new Metadata { { "authorization", $"Bearer {token}" } }));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    private static IEnumerable<MethodDescriptor> Methods() =>
        [.. IngressService.Descriptor.Methods, .. InspectionService.Descriptor.Methods];

    private static async Task<string> CallAsync(RunningGateway gateway, MethodDescriptor method, Metadata headers)
    {
        var marshaller = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var type = method.IsClientStreaming ? MethodType.DuplexStreaming
            : method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        var call = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, marshaller, marshaller);
        var options = new CallOptions(headers, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(5));
        var invoker = gateway.Channel.CreateCallInvoker();
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(call, null, options, []);
                    return "allowed";
                case MethodType.ServerStreaming:
                    using (var stream = invoker.AsyncServerStreamingCall(call, null, options, []))
                    {
                        await stream.ResponseStream.MoveNext(CancellationToken.None)
                            .WaitAsync(TimeSpan.FromSeconds(1), TimeProvider.System);
                        return "allowed";
                    }

                default:
                    using (var duplex = invoker.AsyncDuplexStreamingCall(call, null, options))
                    {
                        await duplex.RequestStream.CompleteAsync();
                        await duplex.ResponseStream.MoveNext(CancellationToken.None);
                        return "allowed";
                    }
            }
        }
        catch (TimeoutException)
        {
            // The stream is open and has nothing to tell yet.
            return "allowed";
        }
        catch (RpcException failure)
        {
            var info = failure.GetRpcStatus()?.GetDetail<ErrorInfo>();
            return info?.Reason is "NOT_PERMITTED" or "UNAUTHENTICATED" ? info.Reason : "allowed";
        }
    }
}
