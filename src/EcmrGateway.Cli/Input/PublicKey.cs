using EcmrGateway.Client.Errors;
using Grpc.Core;

namespace EcmrGateway.Cli.Input;

/// <summary>The gateway's public key, asked for where it is served.</summary>
internal static class PublicKey
{
    public const string Path = "/v1/ledger/public-key";

    /// <returns>SubjectPublicKeyInfo in PEM.</returns>
    /// <exception cref="GatewayException">It could not be had.</exception>
    public static async Task<string> FetchAsync(Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = 16 * 1024,
            DefaultRequestVersion = new Version(2, 0),

            // Without TLS there is no negotiation, and where gRPC is served HTTP/1.1 is not understood.
            DefaultVersionPolicy = address.Scheme == "http"
                ? HttpVersionPolicy.RequestVersionExact
                : HttpVersionPolicy.RequestVersionOrLower,
        };
        try
        {
            return await http.GetStringAsync(new Uri(address, Path), cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            var message = $"The key could not be had from {address}: {exception.Message}";
            throw new GatewayException(new(StatusCode.Unavailable, "", "", message, [], null), exception);
        }
    }
}
