using System.Security.Cryptography;
using EcmrGateway.Host.Identity;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace EcmrGateway.PathTests.Identity;

/// <summary>How long a token that was valid once is taken without another look at its signature.</summary>
public sealed class ReusingTokenHandlerTests : IDisposable
{
    private static readonly TimeSpan Reuse = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly ECDsa _first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _next = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _first.Dispose();
        _next.Dispose();
    }

    [Fact]
    public async Task A_key_that_is_withdrawn_is_trusted_no_longer_than_the_reuse()
    {
        var handler = new ReusingTokenHandler(Reuse, _clock);
        var token = Token(TimeSpan.FromHours(1));

        Assert.True(await IsValidAsync(handler, token, _first));
        _clock.Advance(Reuse - TimeSpan.FromSeconds(1));
        Assert.True(await IsValidAsync(handler, token, _next));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsValidAsync(handler, token, _next));
    }

    [Fact]
    public async Task A_token_is_not_taken_for_valid_past_its_end()
    {
        var handler = new ReusingTokenHandler(Reuse, _clock);
        var token = Token(TimeSpan.FromMinutes(1));

        Assert.True(await IsValidAsync(handler, token, _first));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await IsValidAsync(handler, token, _next));
    }

    [Fact]
    public async Task A_token_that_was_refused_is_looked_at_again()
    {
        var handler = new ReusingTokenHandler(Reuse, _clock);
        var token = Token(TimeSpan.FromHours(1));

        Assert.False(await IsValidAsync(handler, token, _next));
        Assert.True(await IsValidAsync(handler, token, _first));
    }

    private string Token(TimeSpan life) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "issuer",
        Audience = "gateway",
        Expires = (_clock.GetUtcNow() + life).UtcDateTime,
        SigningCredentials = new(KeyOf(_first), SecurityAlgorithms.EcdsaSha256),
    });

    private static async Task<bool> IsValidAsync(ReusingTokenHandler handler, string token, ECDsa trusted) =>
        (await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "issuer",
            ValidAudience = "gateway",
            IssuerSigningKey = KeyOf(trusted),
        })).IsValid;

    private static ECDsaSecurityKey KeyOf(ECDsa key) =>
        new(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
}
