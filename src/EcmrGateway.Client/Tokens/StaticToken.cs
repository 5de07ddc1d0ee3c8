namespace EcmrGateway.Client.Tokens;

/// <summary>A token that somebody else renews.</summary>
public sealed class StaticToken(string token) : ITokenSource
{
    public ValueTask<string> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(token);
}
