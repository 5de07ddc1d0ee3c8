using Ecmr.Benchmarks;
using Ecmr.Ingress.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using Grpc.Core;

namespace EcmrGateway.Benchmarks.Wire;

/// <summary>Accepted and durable notes a second over gRPC, beside a no-op echo of the same message, paired.</summary>
internal static class WireBench
{
    private const int UnaryInFlight = 32;
    private const int Streams = 2;
    private const int Window = 256;
    private const int Rounds = 3;

    public static async Task RunAsync(bool quick)
    {
        var duration = TimeSpan.FromSeconds(quick ? 1 : 6);
        var pool = new NotePool(quick ? 2_000 : 20_000, seed: 1);
        Console.WriteLine($"notes of {pool.MeanBytes:N0} bytes with {pool.MeanItems:N1} items");
        var folder = Directory.CreateTempSubdirectory("ecmr-bench-").FullName;
        await using var echo = await ServerProcess.StartEchoAsync();
        await using var gateway = await ServerProcess.StartGatewayAsync(folder, "--roles=ingress");
        var headers = await gateway.AsAsync("submitter", "bench");

        List<Measured> echoUnary = [], submitUnary = [], echoStream = [], submitStream = [];
        await EchoUnaryAsync(echo, pool, duration);
        await SubmitUnaryAsync(gateway, pool, headers, UnaryInFlight, duration);
        await EchoStreamAsync(echo, pool, duration);
        await SubmitStreamAsync(gateway, pool, headers, duration);
        for (var round = 0; round < (quick ? 1 : Rounds); round++)
        {
            echoUnary.Add(await EchoUnaryAsync(echo, pool, duration));
            submitUnary.Add(await SubmitUnaryAsync(gateway, pool, headers, UnaryInFlight, duration));
            echoStream.Add(await EchoStreamAsync(echo, pool, duration));
            submitStream.Add(await SubmitStreamAsync(gateway, pool, headers, duration));
        }

        var single = await SubmitUnaryAsync(gateway, pool, headers, 1, duration);
        var floorUnary = Measured.Median(echoUnary);
        var floorStream = Measured.Median(echoStream);
        var unary = Measured.Median(submitUnary);
        var stream = Measured.Median(submitStream);
        FigureReport.Write(
            "wire",
            [
                new("submit unary, 32 in flight", unary.Rate, "notes/s", floorUnary.Rate, 0.25, unary.P50Ms,
                    unary.P99Ms),
                new("submit stream, 2 x 256", stream.Rate, "notes/s", floorStream.Rate, 0.35, stream.P50Ms,
                    stream.P99Ms),
                new("submit unary, 1 in flight", single.Rate, "notes/s", null, null, single.P50Ms, single.P99Ms),
                new("server processor, unary", unary.ProcessorMicroseconds, "us/note",
                    floorUnary.ProcessorMicroseconds, 25),
                new("server processor, stream", stream.ProcessorMicroseconds, "us/note",
                    floorStream.ProcessorMicroseconds, 25),
                new("echo unary, 32 in flight", floorUnary.Rate, "calls/s", null, null, floorUnary.P50Ms,
                    floorUnary.P99Ms),
                new("echo stream, 2 x 256", floorStream.Rate, "calls/s", null, null, floorStream.P50Ms,
                    floorStream.P99Ms),
                new("server resident memory", gateway.ResidentBytes / 1e6, "MB"),
            ],
            quick);
        Directory.Delete(folder, recursive: true);
    }

    public static async Task<Measured> SubmitUnaryAsync(
        ServerProcess gateway, NotePool pool, Metadata headers, int inFlight, TimeSpan duration)
    {
        using var channel = gateway.Connect();
        var client = new IngressService.IngressServiceClient(channel);
        return await LoadLoops.UnaryAsync(
            gateway, inFlight, duration, async () => await client.SubmitAsync(pool.Next(), headers));
    }

    private static async Task<Measured> EchoUnaryAsync(ServerProcess echo, NotePool pool, TimeSpan duration)
    {
        using var channel = echo.Connect();
        var client = new EchoService.EchoServiceClient(channel);
        return await LoadLoops.UnaryAsync(
            echo, UnaryInFlight, duration, async () => await client.EchoAsync(pool.Next()));
    }

    private static async Task<Measured> EchoStreamAsync(ServerProcess echo, NotePool pool, TimeSpan duration)
    {
        using var channel = echo.Connect();
        var client = new EchoService.EchoServiceClient(channel);
        return await LoadLoops.StreamsAsync(
            echo, Streams, Window, duration,
            () =>
            {
                var call = client.EchoStream();
                return Load(call, pool, () => Task.CompletedTask);
            });
    }

    private static async Task<Measured> SubmitStreamAsync(
        ServerProcess gateway, NotePool pool, Metadata headers, TimeSpan duration)
    {
        using var channel = gateway.Connect();
        var client = new IngressService.IngressServiceClient(channel);
        return await LoadLoops.StreamsAsync(
            gateway, Streams, Window, duration,
            () =>
            {
                var call = client.SubmitStream(headers);
                return Load(call, pool, () => call.ResponseStream.Current.Recorded is not null
                    ? Task.CompletedTask
                    : throw new InvalidOperationException($"Not recorded: {call.ResponseStream.Current.Error}"));
            });
    }

    private static StreamUnderLoad Load<TResponse>(
        AsyncDuplexStreamingCall<SubmitStreamRequest, TResponse> call, NotePool pool, Func<Task> check) => new(
        () =>
        {
            var request = pool.Next();
            return call.RequestStream.WriteAsync(new() { RequestId = request.RequestId, Note = request.Note });
        },
        async () =>
        {
            if (!await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                throw new InvalidOperationException("The stream ended early.");
            }

            await check();
        },
        call.RequestStream.CompleteAsync,
        call);
}
