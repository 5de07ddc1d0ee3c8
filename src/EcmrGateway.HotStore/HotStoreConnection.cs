using EcmrGateway.HotStore.Embedded;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>The one connection to the store; starts the embedded one before it connects.</summary>
/// <remarks>
/// It starts before every other service of the host and is disposed after them. A Redis that is away does not keep
/// the host from starting: every call says so until it is back.
/// </remarks>
internal sealed partial class HotStoreConnection(
    IOptions<HotStoreOptions> options, ILogger<HotStoreConnection> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly HotStoreOptions _options = options.Value;
    private EmbeddedGarnet? _garnet;
    private ConnectionMultiplexer? _connection;

    /// <exception cref="HotStoreUnavailableException">The host has not started it yet.</exception>
    public ConnectionMultiplexer Connection =>
        _connection ?? throw new HotStoreUnavailableException("The hot store is not started.", null);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_options.Engine == HotStoreEngine.Embedded)
        {
            _garnet = EmbeddedGarnet.Start(_options);
            LogEmbedded(_options.EmbeddedMemoryMiB);
        }

        _connection = await ConnectionMultiplexer.ConnectAsync(Configuration());
        if (!_connection.IsConnected)
        {
            LogNotConnected();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await connection.DisposeAsync();
        }

        Interlocked.Exchange(ref _garnet, null)?.Dispose();
    }

    private ConfigurationOptions Configuration()
    {
        var configuration = _garnet?.Connection() ?? ConfigurationOptions.Parse(_options.ConnectionString!);
        if (_options.PasswordFile is { } file)
        {
            configuration.Password = File.ReadAllText(file).Trim();
        }

        configuration.ClientName = "ecmr-gateway";
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = _options.TimeoutMs;
        configuration.SyncTimeout = _options.TimeoutMs;
        configuration.AsyncTimeout = _options.TimeoutMs;

        // A call while the connection is down fails at once; whoever calls knows how to wait.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;

        // Emptying the store is an administrative command.
        configuration.AllowAdmin = true;

        // Exceptions may be logged: they name the command, not its key.
        configuration.IncludeDetailInExceptions = false;
        return configuration;
    }

    [LoggerMessage(6000, LogLevel.Information, "Embedded hot store started, at most {MemoryMiB} MiB.")]
    private partial void LogEmbedded(int memoryMiB);

    [LoggerMessage(6001, LogLevel.Warning, "The hot store cannot be reached yet.")]
    private partial void LogNotConnected();
}
