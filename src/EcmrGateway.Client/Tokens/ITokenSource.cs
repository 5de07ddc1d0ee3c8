namespace EcmrGateway.Client.Tokens;

/// <summary>Where the bearer token of a call comes from. May be asked by many calls at once.</summary>
public interface ITokenSource
{
    /// <returns>A token that is valid now; empty: the call is made without one.</returns>
    ValueTask<string> GetAsync(CancellationToken cancellation);
}
