using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcmrGateway.PathTests.Identity;

/// <summary>A bearer token put together by hand (RFC 7515, compact), so that every part of it can be wrong.</summary>
/// <param name="key">Key of the issuer that the gateway trusts.</param>
internal sealed class ForgedToken(ECDsa key)
{
    public JsonObject Header { get; } = new() { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = "ecmr-sandbox" };

    public JsonObject Claims { get; } = new()
    {
        ["iss"] = "ecmr-sandbox",
        ["aud"] = "ecmr-gateway",
        ["sub"] = "sandbox:submitter:acme",
        ["role"] = "submitter",
        ["party"] = "acme",
        ["iat"] = Seconds(-60),
        ["nbf"] = Seconds(-60),
        ["exp"] = Seconds(600),
    };

    /// <summary>Signs header and claims; the issuer's signature when nothing else is set.</summary>
    public Func<byte[], byte[]>? Sign { get; set; }

    /// <summary>Seconds since 1970 of a moment so many seconds from now.</summary>
    public static long Seconds(int fromNow) => TimeProvider.System.GetUtcNow().AddSeconds(fromNow).ToUnixTimeSeconds();

    public override string ToString()
    {
        var content = $"{Encode(Header)}.{Encode(Claims)}";
        var bytes = Encoding.ASCII.GetBytes(content);
        var signature = Sign is null ? key.SignData(bytes, HashAlgorithmName.SHA256) : Sign(bytes);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    public static string Encode(JsonNode part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
