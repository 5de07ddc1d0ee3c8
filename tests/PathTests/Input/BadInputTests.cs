using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Ecmr.Ingress.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Input;

/// <summary>Bytes that are no note: each gets a typed error, and the gateway serves on.</summary>
public sealed class BadInputTests
{
    private const string Submit = "/ecmr.ingress.v1.IngressService/Submit";

    [Theory]
    [InlineData("random")]
    [InlineData("truncated")]
    [InlineData("wrong type")]
    [InlineData("not UTF-8")]
    public async Task A_message_that_cannot_be_read_is_told_so(string kind)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var message = kind switch
        {
            "random" => Random(512),
            "truncated" => new SubmitRequest { Note = SampleNotes.OnTheRoad() }.ToByteArray()[..^7],
            "wrong type" => [0x12, 0x02, 0x0A, 0x05],
            _ => [0x0A, 0x02, 0xC3, 0x28],
        };

        var (status, reason) = await SendAsync(gateway, Frame(message, compressed: false));

        Assert.Equal(((int)Code.InvalidArgument, "MESSAGE_UNREADABLE"), (status, reason));
        await ServesOnAsync(gateway);
    }

    [Fact]
    public async Task A_deeply_nested_message_is_told_so()
    {
        await using var gateway = await RunningGateway.StartAsync();
        // Groups that open and never close: a reader that follows them without a limit overflows its stack.
        var groups = Enumerable.Repeat((byte)0x9B, 100_000).SelectMany(start => new[] { start, (byte)0x06 }).ToArray();
        var (status, reason) = await SendAsync(gateway, Frame(groups, compressed: false));

        Assert.Equal(((int)Code.InvalidArgument, "MESSAGE_UNREADABLE"), (status, reason));
        await ServesOnAsync(gateway);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_told_so()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var (status, reason) = await SendAsync(gateway, Frame(new byte[2 * 1024 * 1024], compressed: false));

        Assert.Equal(((int)Code.ResourceExhausted, "MESSAGE_UNREADABLE"), (status, reason));
        await ServesOnAsync(gateway);
    }

    [Fact]
    public async Task A_decompression_bomb_is_refused_within_bounded_memory()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var before = Environment.WorkingSet;

        var (status, _) = await SendAsync(gateway, Frame(Gzip(1L << 30), compressed: true), encoding: "gzip");

        Assert.Equal((int)Code.ResourceExhausted, status);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 256L * 1024 * 1024);
        await ServesOnAsync(gateway);
    }

    [Fact]
    public async Task A_gzip_note_is_read()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var headers = await gateway.AsAsync("submitter");
        headers.Add("grpc-internal-encoding-request", "gzip");

        var answer = await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);

        Assert.NotNull(answer.Receipt);
    }

    [Fact]
    public async Task A_bad_message_in_a_stream_ends_it_with_a_typed_error()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var bytes = Marshallers.Create<byte[]>(content => content, content => content);
        var method = new Method<byte[], byte[]>(
            MethodType.DuplexStreaming, IngressService.Descriptor.FullName, "SubmitStream", bytes, bytes);
        using var stream = gateway.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            method, null, new CallOptions(await gateway.AsAsync("submitter")));

        await stream.RequestStream.WriteAsync(Random(256));

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal("MESSAGE_UNREADABLE", failure.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
        await ServesOnAsync(gateway);
    }

    [Fact]
    public async Task A_note_with_many_faults_is_told_all_of_them()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var note = SampleNotes.OnTheRoad();
        note.Consignor = null;
        note.CmrClause = false;
        note.Items[0].PackageType = "??";
        note.Items[0].GrossMass.Value = "1e5";
        note.Delivery.Place.Address.Country = "de";

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Ingress.SubmitAsync(
            new() { Note = note }, await gateway.AsAsync("submitter")));

        var status = failure.GetRpcStatus()!;
        Assert.Equal("NOTE_REFUSED", status.GetDetail<ErrorInfo>().Reason);
        var fields = status.GetDetail<BadRequest>().FieldViolations.Select(violation => violation.Field).ToList();
        Assert.Contains("cmr_clause", fields);
        Assert.Contains("items[0].package_type", fields);
        Assert.Contains("items[0].gross_mass.value", fields);
        Assert.Contains("delivery.place.address.country", fields);
        Assert.Contains(fields, field => field.StartsWith("consignor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_JSON_form_gives_the_same_receipt_and_typed_errors()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var note = SampleNotes.OnTheRoad();
        var grpc = await gateway.Ingress.SubmitAsync(new() { Note = note }, await gateway.AsAsync("submitter"));
        var body = JsonFormatter.Default.Format(new SubmitRequest { Note = note });

        using var answer = await PostAsync(gateway, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var recorded = SubmitResponse.Parser.ParseJson(await answer.Content.ReadAsStringAsync(
            TestContext.Current.CancellationToken));
        Assert.True(recorded.AlreadyRecorded);
        Assert.Equal(grpc.Receipt, recorded.Receipt);

        using var refused = await PostAsync(gateway, "{\"note\": {\"noteId\": 7");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        note.CmrClause = false;
        using var broken = await PostAsync(gateway, JsonFormatter.Default.Format(new SubmitRequest { Note = note }));
        var told = await broken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Contains("NOTE_REFUSED", told, StringComparison.Ordinal);
        Assert.Contains("cmr_clause", told, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(RunningGateway gateway, string body)
    {
        var headers = await gateway.AsAsync("submitter");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consignment-notes")
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")),
        };
        request.Headers.TryAddWithoutValidation("authorization", headers.GetValue("authorization"));
        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task ServesOnAsync(RunningGateway gateway) => Assert.NotNull(
        (await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"))).Receipt);

    private static async Task<(int Status, string? Reason)> SendAsync(
        RunningGateway gateway, byte[] body, string? encoding = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.GrpcAddress + Submit)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.TryAddWithoutValidation(
            "authorization", (await gateway.AsAsync("submitter")).GetValue("authorization"));
        if (encoding is not null)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var fields = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        var details = fields.TryGetValues("grpc-status-details-bin", out var values)
            ? Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(Padded(values.First())))
            : null;
        return (
            int.Parse(fields.GetValues("grpc-status").First(), System.Globalization.CultureInfo.InvariantCulture),
            details?.GetDetail<ErrorInfo>()?.Reason);
    }

    private static string Padded(string base64) => base64.PadRight((base64.Length + 3) / 4 * 4, '=');

    private static byte[] Frame(byte[] message, bool compressed)
    {
        var frame = new byte[message.Length + 5];
        frame[0] = compressed ? (byte)1 : (byte)0;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static byte[] Gzip(long zeros)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            var block = new byte[1 << 20];
            for (long written = 0; written < zeros; written += block.Length)
            {
                gzip.Write(block);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(20261125).NextBytes(bytes);
        bytes[0] = 0x07;
        return bytes;
    }
}
