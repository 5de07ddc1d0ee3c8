using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EcmrGateway.PathTests.Gateway;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Identity;

/// <summary>Tokens that are nearly right. Each differs in one thing from a token that the gateway takes.</summary>
public sealed class ForgedTokenTests : IDisposable
{
    private readonly ECDsa _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TcpListener _keyServer = new(IPAddress.Loopback, 0);

    public void Dispose()
    {
        _keyServer.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task No_token_but_one_of_the_issuer_for_this_gateway_and_this_time_is_a_credential()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var issuer = await IssuerOfAsync(gateway);
        _keyServer.Start();
        var wrong = new List<string>();
        foreach (var (name, token) in Forgeries(issuer))
        {
            var answer = await AnswerAsync(gateway, token);
            if (answer != "UNAUTHENTICATED")
            {
                wrong.Add($"{name}: {answer}");
            }
        }

        Assert.Empty(wrong);
        Assert.False(_keyServer.Pending(), "A key was fetched from an address that a token named.");

        // Otherwise all of them might be refused for a reason that they share.
        Assert.Equal("OK", await AnswerAsync(gateway, new ForgedToken(issuer).ToString()));
    }

    [Fact]
    public async Task A_token_of_the_issuer_without_a_role_or_a_party_of_its_own_may_nothing()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var issuer = await IssuerOfAsync(gateway);
        (string Claim, JsonNode? Value)[] cases =
        [
            ("role", null), ("role", ""), ("role", "Submitter"), ("role", "submitter inspector"), ("role", "admin"),
            ("party", null), ("party", ""), ("party", "~access"),
        ];
        foreach (var (claim, value) in cases)
        {
            var token = new ForgedToken(issuer);
            token.Claims.Remove(claim);
            if (value is not null)
            {
                token.Claims[claim] = value;
            }

            Assert.Equal(
                (claim, value, "NOT_PERMITTED"), (claim, value, await AnswerAsync(gateway, token.ToString())));
        }
    }

    private IEnumerable<(string Name, string Token)> Forgeries(ECDsa issuer)
    {
        foreach (var (name, change) in (IEnumerable<(string, Action<ForgedToken>)>)[.. Signatures(issuer), .. Claims])
        {
            var token = new ForgedToken(issuer);
            change(token);
            yield return (name, token.ToString());
        }

        var parts = new ForgedToken(issuer).ToString().Split('.');
        var inspector = new ForgedToken(issuer) { Claims = { ["role"] = "inspector" } }.ToString().Split('.');
        yield return ("claims of another token", $"{parts[0]}.{inspector[1]}.{parts[2]}");
        yield return ("half a signature", $"{parts[0]}.{parts[1]}.{parts[2][..43]}");
        yield return ("no third part", $"{parts[0]}.{parts[1]}");
        yield return ("five parts", $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[1]}.{parts[2]}");
        yield return ("megabyte", $"{parts[0]}.{new string('A', 24_000)}.{parts[2]}");
    }

    /// <summary>Who signed, how, and where the key is said to be.</summary>
    private IEnumerable<(string, Action<ForgedToken>)> Signatures(ECDsa issuer)
    {
        var publicKey = issuer.ExportSubjectPublicKeyInfo();
        var publicPem = Encoding.ASCII.GetBytes(issuer.ExportSubjectPublicKeyInfoPem());
        var foreign = new Func<byte[], byte[]>(bytes => _other.SignData(bytes, HashAlgorithmName.SHA256));
        var address = $"http://{_keyServer.LocalEndpoint}/keys";
        foreach (var none in new[] { "none", "None", "nOnE", "" })
        {
            yield return ($"alg {none}, unsigned", With(none, _ => []));
            yield return ($"alg {none}, signed", With(none, null));
        }

        yield return ("HMAC with the public key", With("HS256", bytes => HMACSHA256.HashData(publicKey, bytes)));
        yield return ("HMAC with its PEM", With("HS256", bytes => HMACSHA256.HashData(publicPem, bytes)));
        yield return ("HMAC with nothing", With("HS256", bytes => HMACSHA256.HashData(Array.Empty<byte>(), bytes)));
        yield return ("unsigned", With("ES256", _ => []));
        yield return ("signature of zeros", With("ES256", _ => new byte[64]));
        yield return ("another hash", With("ES384", bytes => issuer.SignData(bytes, HashAlgorithmName.SHA384)));
        yield return ("another key", With("ES256", foreign));
        yield return ("another key, no kid", token => Foreign(token).Remove("kid"));
        foreach (var kid in new[] { "../../../dev/null", "keys/sandbox-issuer.key", "' OR '1'='1", "\0", address })
        {
            yield return ($"another key, kid {kid}", token => Foreign(token)["kid"] = kid);
        }

        yield return ("another key in jwk", token => Foreign(token)["jwk"] = Jwk());
        yield return ("another key in x5c", token => Foreign(token)["x5c"] = new JsonArray(Certificate()));
        yield return ("another key at jku", token => Foreign(token)["jku"] = address);
        yield return ("another key at x5u", token => Foreign(token)["x5u"] = address);

        JsonObject Foreign(ForgedToken token)
        {
            token.Sign = foreign;
            return token.Header;
        }
    }

    /// <summary>The issuer's own signature over claims that are not for here or not for now.</summary>
    private static IEnumerable<(string, Action<ForgedToken>)> Claims =>
    [
        ("expired", token => token.Claims["exp"] = ForgedToken.Seconds(-45)),
        ("expired long ago", token => token.Claims["exp"] = 1),
        ("without end", token => token.Claims.Remove("exp")),
        ("not begun", token => token.Claims["nbf"] = ForgedToken.Seconds(90)),
        ("ends before it begins", token => token.Claims["nbf"] = ForgedToken.Seconds(3_600)),
        ("for another service", token => token.Claims["aud"] = "other-gateway"),
        ("for others", token => token.Claims["aud"] = new JsonArray("a", "b")),
        ("for nobody", token => token.Claims.Remove("aud")),
        ("for a longer name", token => token.Claims["aud"] = "ecmr-gateway.example"),
        ("of another issuer", token => token.Claims["iss"] = "https://issuer.example"),
        ("of no issuer", token => token.Claims.Remove("iss")),
    ];

    private static Action<ForgedToken> With(string algorithm, Func<byte[], byte[]>? sign) => token =>
    {
        token.Header["alg"] = algorithm;
        token.Sign = sign;
    };

    private JsonObject Jwk()
    {
        var point = _other.ExportParameters(includePrivateParameters: false).Q;
        return new()
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    private string Certificate()
    {
        var request = new CertificateRequest("CN=ecmr-sandbox", _other, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return Convert.ToBase64String(certificate.RawData);
    }

    private static async Task<ECDsa> IssuerOfAsync(RunningGateway gateway)
    {
        await gateway.AsAsync("submitter"); // The key is made with the first token.
        var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(gateway.Folder, "keys", "sandbox-issuer.key")));
        return key;
    }

    private static async Task<string> AnswerAsync(RunningGateway gateway, string token)
    {
        try
        {
            await gateway.Ingress.SubmitAsync(
                new() { Note = SampleNotes.OnTheRoad() }, new Metadata { { "authorization", $"Bearer {token}" } });
            return "OK";
        }
        catch (RpcException refused)
        {
            return refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? refused.StatusCode.ToString();
        }
    }
}
