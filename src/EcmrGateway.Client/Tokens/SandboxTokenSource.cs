using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcmrGateway.Client.Errors;
using Grpc.Core;

namespace EcmrGateway.Client.Tokens;

/// <summary>Tokens of the sandbox issuer that a gateway in Development offers on the loopback address.</summary>
/// <remarks>A token is kept until a fifth of its life is left. One request at a time goes to the issuer.</remarks>
public sealed class SandboxTokenSource : ITokenSource, IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly SandboxIdentity _identity;
    private readonly Uri _address;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _one = new(1, 1);
    private string _token = "";
    private DateTimeOffset _renewTime = DateTimeOffset.MinValue;

    public SandboxTokenSource(Uri address, SandboxIdentity identity)
        : this(address, identity, TimeProvider.System, new SocketsHttpHandler())
    {
    }

    /// <param name="address">Address of the gateway.</param>
    public SandboxTokenSource(Uri address, SandboxIdentity identity, TimeProvider time, HttpMessageHandler handler)
    {
        (_address, _identity, _time) = (address, identity, time);

        // Without TLS there is no negotiation, and where gRPC is served HTTP/1.1 is not understood.
        _http = new HttpClient(handler)
        {
            Timeout = RequestTimeout,
            DefaultRequestVersion = new Version(2, 0),
            DefaultVersionPolicy = address.Scheme == "http"
                ? HttpVersionPolicy.RequestVersionExact
                : HttpVersionPolicy.RequestVersionOrLower,
            MaxResponseContentBufferSize = 64 * 1024,
        };
    }

    public async ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_time.GetUtcNow() >= _renewTime)
            {
                await RenewAsync(cancellation).ConfigureAwait(false);
            }

            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _one.Dispose();
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http
                .PostAsJsonAsync(new Uri(_address, "/sandbox/token"), _identity, TokenJson.Default.SandboxIdentity,
                    cancellation)
                .ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw Failed(StatusCode.Unauthenticated, $"The sandbox issuer answered {(int)answer.StatusCode}.",
                    null);
            }

            var issued = await answer.Content
                .ReadFromJsonAsync(TokenJson.Default.IssuedToken, cancellation).ConfigureAwait(false);
            _token = issued?.AccessToken is { Length: > 0 } token
                ? token
                : throw Failed(StatusCode.Unauthenticated, "The sandbox issuer's answer holds no token.", null);
            _renewTime = _time.GetUtcNow() + (TimeSpan.FromSeconds(Math.Clamp(issued.ExpiresIn, 0, 86_400)) * 0.8);
        }
        catch (JsonException exception)
        {
            throw Failed(StatusCode.Unauthenticated, "The sandbox issuer's answer is not readable.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Failed(StatusCode.Unavailable, $"The sandbox issuer at {_address} cannot be reached.", exception);
        }
        catch (TaskCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(StatusCode.Unavailable, $"The sandbox issuer at {_address} does not answer.", exception);
        }
    }

    private static GatewayException Failed(StatusCode code, string message, Exception? inner) =>
        new(GatewayError.OfClient(code, message), inner);
}

/// <param name="Role">submitter, carrier, inspector or auditor.</param>
/// <param name="Party">Party that a submitter or carrier acts for; at most 128 characters.</param>
public sealed record SandboxIdentity(
    [property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("party")] string? Party = null);

/// <summary>Answer of the issuer, as OAuth 2.0 has it (RFC 6749, 5.1).</summary>
internal sealed record IssuedToken(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SandboxIdentity))]
[JsonSerializable(typeof(IssuedToken))]
internal sealed partial class TokenJson : JsonSerializerContext;
