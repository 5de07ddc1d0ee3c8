using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.Input;

/// <summary>JSON that is too much: it is refused before it is read whole, and the gateway serves on.</summary>
public sealed class JsonLimitTests
{
    private const string Notes = "/v1/consignment-notes";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_refused_within_bounded_memory(bool chunked)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var before = Environment.WorkingSet;

        // A note that goes on for 512 MiB. It is made while it is sent, so that this side needs no memory for it.
        using var content = new EndlessNote(512L << 20, chunked);
        var status = await PostAsync(gateway, content);

        // A server that stops reading may answer, or close the connection while the client still sends.
        Assert.True(
            status is HttpStatusCode.RequestEntityTooLarge or null, $"{status} after {content.Sent >> 20} MiB");
        Assert.InRange(content.Sent, 0, 64L << 20);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 256L << 20);
        await ServesOnAsync(gateway);
    }

    [Theory]
    [InlineData("{\"note\":", "}")]
    [InlineData("[", "]")]
    public async Task A_deeply_nested_body_is_refused(string open, string close)
    {
        await using var gateway = await RunningGateway.StartAsync();
        const int Depth = 100_000;
        var body = new StringBuilder();
        for (var i = 0; i < Depth; i++)
        {
            body.Append(open);
        }

        body.Append("{}");
        for (var i = 0; i < Depth; i++)
        {
            body.Append(close);
        }

        using var content = new StringContent(body.ToString(), MediaTypeHeaderValue.Parse("application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(gateway, content));
        await ServesOnAsync(gateway);
    }

    [Fact]
    public async Task A_stream_of_messages_may_be_longer_than_a_body()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var stream = gateway.Ingress.SubmitStream(await gateway.AsAsync("submitter"));

        // Each is answered: its request id is none.
        for (var message = 0; message < 6; message++)
        {
            await stream.RequestStream.WriteAsync(
                new() { RequestId = new('x', 512 * 1024), Note = SampleNotes.OnTheRoad() },
                TestContext.Current.CancellationToken);
            Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.NotNull(stream.ResponseStream.Current.Error);
        }
    }

    /// <returns>Null: the connection was closed before an answer came.</returns>
    private static async Task<HttpStatusCode?> PostAsync(RunningGateway gateway, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Notes) { Content = content };
        request.Headers.TryAddWithoutValidation(
            "authorization", (await gateway.AsAsync("submitter")).GetValue("authorization"));
        try
        {
            using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task ServesOnAsync(RunningGateway gateway) => Assert.NotNull(
        (await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"))).Receipt);

    private sealed class EndlessNote : HttpContent
    {
        private readonly byte[] _block = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
        private readonly long _length;
        private readonly bool _chunked;

        public EndlessNote(long length, bool chunked)
        {
            (_length, _chunked) = (length, chunked);
            Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        }

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{\"note\": {\"language\": \""u8.ToArray());
            while (Sent < _length)
            {
                await stream.WriteAsync(_block);
                Sent += _block.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length + 23;
            return !_chunked;
        }
    }
}
