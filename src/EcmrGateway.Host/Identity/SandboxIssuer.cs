using System.Net;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EcmrGateway.Host.Identity;

/// <summary>
/// Gives tokens to whoever asks on this machine, so that the gateway can be tried without an identity provider.
/// </summary>
internal sealed class SandboxIssuer(SandboxKey key, IdentityOptions options, TimeProvider clock)
{
    private const int PartyLengthMax = 64;

    /// <summary>Answers POST /sandbox/token.</summary>
    public IResult Issue(TokenRequest request, HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
        {
            return Results.Problem("The sandbox issuer answers on loopback only.", statusCode: 403);
        }

        if (!Permissions.Roles.Contains(request.Role))
        {
            return Results.Problem(
                $"role: choose from {string.Join(", ", Permissions.Roles)}.", statusCode: 400);
        }

        var party = request.Party is { Length: > 0 } named ? named : "sandbox";
        if (party.Length > PartyLengthMax || !party.All(IsPartyCharacter))
        {
            return Results.Problem("party: 1 to 64 of a-z A-Z 0-9 . _ -", statusCode: 400);
        }

        var now = clock.GetUtcNow();
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = SandboxKey.Issuer,
            Audience = options.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + options.SandboxTokenLife).UtcDateTime,
            SigningCredentials = key.Credentials,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = $"sandbox:{request.Role}:{party}",
                ["role"] = request.Role!,
                ["party"] = party,
                ["jti"] = Guid.NewGuid().ToString(),
            },
        });
        return Results.Json(new TokenResponse(token, "Bearer", (int)options.SandboxTokenLife.TotalSeconds));
    }

    private static bool IsPartyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}

/// <param name="Role">One of <see cref="Permissions.Roles"/>.</param>
/// <param name="Party">Party that the token is bound to; "sandbox" when absent.</param>
internal sealed record TokenRequest(
    [property: JsonPropertyName("role")] string? Role, [property: JsonPropertyName("party")] string? Party);

/// <summary>As RFC 6749 section 5.1 has it.</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);
