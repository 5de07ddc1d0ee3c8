using EcmrGateway.Engines;
using EcmrGateway.PathTests.Streaming;
using Xunit;

[assembly: AssemblyFixture(typeof(KafkaFixture))]

namespace EcmrGateway.PathTests.Streaming;

/// <summary>One broker for all tests that ask for it; none is started where none does.</summary>
public sealed class KafkaFixture : IAsyncDisposable
{
    private readonly Lazy<Task<KafkaServer?>> _server = new(KafkaServer.FindAsync);

    /// <summary>The broker; skips the test where there is none.</summary>
    public async Task<KafkaServer> ServerAsync()
    {
        var server = await _server.Value;
        Assert.SkipWhen(server is null, KafkaServer.Missing);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && await _server.Value is { } server)
        {
            await server.DisposeAsync();
        }
    }
}
