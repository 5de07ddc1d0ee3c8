using EcmrGateway.Engines;
using EcmrGateway.PathTests.Contracts;
using Xunit;

[assembly: AssemblyFixture(typeof(TestEngines))]

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The real engines of this run, each started when it is first asked for and ended with the run.</summary>
public sealed class TestEngines : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer?>> _postgres = new(PostgresServer.FindAsync);

    /// <summary>Skips the test where there is no PostgreSQL.</summary>
    public async Task<PostgresServer> PostgresAsync()
    {
        var server = await _postgres.Value;
        Assert.SkipWhen(server is null, PostgresServer.Missing);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres.IsValueCreated && await _postgres.Value is { } postgres)
        {
            await postgres.DisposeAsync();
        }
    }
}
