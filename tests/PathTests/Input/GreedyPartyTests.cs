using Ecmr.Ingress.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Input;

/// <summary>A party that takes all it can get leaves enough for the others.</summary>
public sealed class GreedyPartyTests
{
    private const int StreamsPerParty = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_party_that_floods_all_its_streams_leaves_places_and_turns_for_another()
    {
        await using var gateway = await RunningGateway.StartAsync(settings:
        [
            "--Ingress:StreamsMax=6", $"--Ingress:StreamsPerPartyMax={StreamsPerParty}", "--Ledger:QueueLengthMax=64",
        ]);
        using var flooding = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var floods = await FloodAsync(gateway, await gateway.AsAsync("submitter", "greedy"), flooding.Token);
        using var oneMore = gateway.Ingress.SubmitStream(await gateway.AsAsync("submitter", "greedy"));
        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            oneMore.ResponseStream.MoveNext(Cancellation).WaitAsync(Patience, TimeProvider.System, Cancellation));
        Assert.Equal("OVERLOADED", refused.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);

        // The other one sends a note at a time, in a stream and by itself, and comes back when it is told to.
        var modest = await gateway.AsAsync("submitter", "modest");
        using var stream = gateway.Ingress.SubmitStream(modest);
        for (var note = 0; note < 10; note++)
        {
            await InsistAsync(() => InStreamAsync(stream)).WaitAsync(Patience, TimeProvider.System, Cancellation);
            await InsistAsync(() => AloneAsync(gateway, modest)).WaitAsync(Patience, TimeProvider.System, Cancellation);
        }

        Assert.All(floods, flood => Assert.False(flood.IsCompleted, "The flood ended before the others were served."));
        await flooding.CancelAsync();
        await Task.WhenAll(floods);
    }

    /// <returns>When the first note of each stream is answered: tasks that end when they are told to.</returns>
    private static async Task<Task[]> FloodAsync(
        RunningGateway gateway, Metadata headers, CancellationToken ending)
    {
        var floods = new List<Task>();
        for (var number = 0; number < StreamsPerParty; number++)
        {
            var stream = gateway.Ingress.SubmitStream(headers, cancellationToken: ending);
            await stream.RequestStream.WriteAsync(new() { Note = SampleNotes.OnTheRoad() }, Cancellation);
            Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
            floods.Add(UntilToldAsync(() => SendAsync(stream), ending));
            floods.Add(UntilToldAsync(() => ReadAsync(stream), ending));
        }

        return [.. floods];
    }

    private static async Task SendAsync(AsyncDuplexStreamingCall<SubmitStreamRequest, SubmitStreamResponse> stream)
    {
        while (true)
        {
            await stream.RequestStream.WriteAsync(new() { Note = SampleNotes.OnTheRoad() });
        }
    }

    private static async Task ReadAsync(AsyncDuplexStreamingCall<SubmitStreamRequest, SubmitStreamResponse> stream)
    {
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
        }
    }

    private static async Task UntilToldAsync(Func<Task> flood, CancellationToken ending)
    {
        try
        {
            await Task.Run(flood, Cancellation);
        }
        catch (Exception ended) when (ending.IsCancellationRequested
            && ended is (RpcException or InvalidOperationException or OperationCanceledException))
        {
            // How a call ends that is cancelled in the midst of a read or a write does not matter here.
        }
    }

    private static async Task InsistAsync(Func<Task<bool>> submit)
    {
        while (!await submit())
        {
            await Task.Delay(RetryDelay, TimeProvider.System, Cancellation);
        }
    }

    private static async Task<bool> InStreamAsync(
        AsyncDuplexStreamingCall<SubmitStreamRequest, SubmitStreamResponse> stream)
    {
        await stream.RequestStream.WriteAsync(new() { Note = SampleNotes.OnTheRoad() }, Cancellation);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
        return stream.ResponseStream.Current.Recorded is not null;
    }

    private static async Task<bool> AloneAsync(RunningGateway gateway, Metadata headers)
    {
        try
        {
            await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);
            return true;
        }
        catch (RpcException full) when (full.StatusCode == StatusCode.ResourceExhausted)
        {
            return false;
        }
    }
}
