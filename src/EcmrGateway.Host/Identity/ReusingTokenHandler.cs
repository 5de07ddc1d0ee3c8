using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EcmrGateway.Host.Identity;

/// <summary>Validates tokens, and takes a token that was valid a short while ago as valid still.</summary>
/// <remarks>
/// Checking an ES256 signature costs more processor time than recording a note; a transport system sends thousands of
/// notes with one token. Only whole tokens that were found valid are kept, never past their expiry, and few.
/// </remarks>
internal sealed class ReusingTokenHandler(TimeSpan reuse, TimeProvider clock) : JsonWebTokenHandler
{
    /// <summary>Tokens kept; beyond it all are forgotten and validated anew.</summary>
    private const int TokensMax = 10_000;

    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, DateTimeOffset Until)> _valid = new();

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters)
    {
        var now = clock.GetUtcNow();
        if (_valid.TryGetValue(token, out var known) && now < known.Until)
        {
            return known.Result;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            if (_valid.Count >= TokensMax)
            {
                _valid.Clear();
            }

            var expiry = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero);
            _valid[token] = (result, expiry < now + reuse ? expiry : now + reuse);
        }

        return result;
    }
}
