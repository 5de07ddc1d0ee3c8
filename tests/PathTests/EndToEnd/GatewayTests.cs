using EcmrGateway.PathTests.Gateway;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>Tests of the whole path, on the embedded engines where a class does not say otherwise.</summary>
public abstract class GatewayTests
{
    /// <summary>Settings that choose the engines.</summary>
    protected virtual Task<string[]> EnginesAsync() => Task.FromResult<string[]>([]);

    protected async Task<RunningGateway> StartAsync() =>
        await RunningGateway.StartAsync(folder: null, configure: null, await EnginesAsync());
}
