using System.Collections.Concurrent;
using System.Net;
using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.Client;
using EcmrGateway.Client.Tokens;
using EcmrGateway.Host;
using EcmrGateway.PathTests.Gateway;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Xunit;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A gateway that is asked to stop says so, answers what it took, and ends with 0.</summary>
public sealed class DrainTests : IDisposable
{
    private const string IngressName = "ecmr.ingress.v1.IngressService";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-drain-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SIGTERM_is_told_first_then_what_was_taken_is_answered_and_the_exit_code_is_0()
    {
        await using var gateway = await StartAsync(drain: "00:00:02");
        var headers = await gateway.AsAsync("submitter");
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var ingress = new IngressService.IngressServiceClient(channel);
        using var health = new Health.HealthClient(channel).Watch(new() { Service = IngressName });
        Assert.Equal(Serving.Serving, await NextAsync(health));
        using var stream = ingress.SubmitStream(headers);
        var sent = new ConcurrentQueue<ConsignmentNote>();
        var sending = SendAsync(stream.RequestStream, sent);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));

        await gateway.TerminateAsync();

        // A round of checks that was under way may say SERVING once more; the next one does not.
        while (await NextAsync(health) is var told && told != Serving.NotServing)
        {
            Assert.Equal(Serving.Serving, told);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await gateway.AskAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await gateway.AskAsync("/health/live"));
        using (var live = new Health.HealthClient(channel).Watch(new() { Service = "live" }))
        {
            Assert.Equal(Serving.Serving, await NextAsync(live));
        }

        await ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);
        var answered = 1;
        var end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await stream.ResponseStream.MoveNext(Cancellation))
            {
                Assert.Equal((ulong)answered, stream.ResponseStream.Current.Sequence);
                answered++;
            }
        });
        await EndAsync(sending);
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.NotNull(end.GetRpcStatus()!.GetDetail<RetryInfo>());
        Assert.Equal(0, await gateway.EndAsync());

        // Whatever was recorded was answered, and the other way round.
        Assert.True(answered < sent.Count, "The load ended before the gateway did.");
        await gateway.StartAsync();
        var recorded = await RecordedAsync(gateway, sent);
        Assert.Equal(sent.Take(answered).Select(note => note.NoteId), recorded);
    }

    [Fact]
    public async Task A_client_that_retries_sees_no_error_while_the_process_is_replaced()
    {
        await using var gateway = await StartAsync(drain: "00:00:00.200");
        using var client = new GatewayClient(new()
        {
            Address = gateway.GrpcAddress,
            Tokens = new StaticToken(await gateway.TokenAsync("submitter")),
            AttemptsMax = 100,
            RetryDelayMax = TimeSpan.FromSeconds(1),
        });
        using var enough = new CancellationTokenSource();
        var answers = 0;
        var submitting = Task.Run(
            async () =>
            {
                await foreach (var answer in client.SubmitManyAsync(NotesAsync(enough.Token), Cancellation))
                {
                    Assert.Null(answer.Error);
                    Interlocked.Increment(ref answers);
                }
            },
            Cancellation);

        for (var round = 0; round < 3; round++)
        {
            await WaitAsync(() => Volatile.Read(ref answers) > 50 * (round + 1), submitting);
            await gateway.TerminateAsync();
            Assert.Equal(0, await gateway.EndAsync());
            await gateway.StartAsync();
        }

        await enough.CancelAsync();
        await submitting;
        Assert.True(answers > 150);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_holds_the_process_no_longer_than_its_limit()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            $"--Ledger:Folder={_folder}", "--Shutdown:DrainDelay=00:00:00", "--Shutdown:Timeout=00:00:03");
        var headers = await gateway.AsAsync("submitter");
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress, new GrpcChannelOptions
        {
            // A window that a few answers fill, and nobody empties.
            HttpHandler = new SocketsHttpHandler { InitialHttp2StreamWindowSize = 65_535 },
            DisposeHttpClient = true,
        });
        using var stream = new IngressService.IngressServiceClient(channel).SubmitStream(headers);
        var sent = new ConcurrentQueue<ConsignmentNote>();
        var sending = SendAsync(stream.RequestStream, sent);
        var seen = -1;
        while (seen != sent.Count)
        {
            // Until the gateway reads no further.
            seen = sent.Count;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
        }

        await gateway.TerminateAsync();

        Assert.Equal(0, await gateway.EndAsync());
        await EndAsync(sending);
    }

    [Fact]
    public async Task A_wrong_shutdown_setting_is_named_and_keeps_the_gateway_from_starting()
    {
        var code = await GatewayProgram.RunAsync(
            [.. RunningGateway.Arguments(_folder), "--Shutdown:DrainDelay=1.00:00:00"]);

        Assert.Equal(GatewayProgram.CannotStart, code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<GatewayProcess> StartAsync(string drain) =>
        GatewayProcess.StartAsync($"--Ledger:Folder={_folder}", $"--Shutdown:DrainDelay={drain}");

    private static async Task<Serving> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> health)
    {
        Assert.True(await health.ResponseStream.MoveNext(Cancellation));
        return health.ResponseStream.Current.Status;
    }

    private static async Task SendAsync(
        IClientStreamWriter<SubmitStreamRequest> stream, ConcurrentQueue<ConsignmentNote> sent)
    {
        while (true)
        {
            var note = SampleNotes.OnTheRoad();
            sent.Enqueue(note);
            await stream.WriteAsync(new() { Note = note }, Cancellation);
        }
    }

    /// <summary>Writing to a stream that has ended fails, as it should.</summary>
    private static async Task EndAsync(Task sending) =>
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<List<string>> RecordedAsync(GatewayProcess gateway, IEnumerable<ConsignmentNote> sent)
    {
        var headers = await gateway.AsAsync("submitter");
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var ingress = new IngressService.IngressServiceClient(channel);
        var recorded = new List<string>();
        foreach (var note in sent)
        {
            try
            {
                await ingress.GetConsignmentNoteAsync(new() { NoteId = note.NoteId }, headers);
                recorded.Add(note.NoteId);
            }
            catch (RpcException missing) when (missing.StatusCode == StatusCode.NotFound)
            {
                // Sent, and not taken.
            }
        }

        return recorded;
    }

    private static async IAsyncEnumerable<ConsignmentNote> NotesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            yield return SampleNotes.OnTheRoad();
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancellation);
        }
    }

    private static async Task WaitAsync(Func<bool> reached, Task load)
    {
        while (!reached() && !load.IsCompleted)
        {
            await GatewayProcess.PauseAsync();
        }

        Assert.False(load.IsCompleted, $"The load has ended: {load.Exception}");
    }
}
