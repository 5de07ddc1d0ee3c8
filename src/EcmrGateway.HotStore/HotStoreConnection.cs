using EcmrGateway.HotStore.Embedded;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace EcmrGateway.HotStore;

/// <summary>The one connection to the store; starts the embedded one before it connects.</summary>
/// <remarks>
/// It begins to open before every other service of the host starts, and beside them: a call waits for it as it waits
/// for an answer. It is disposed after them. A Redis that is away does not keep the host from starting: every call says
/// so until it is back.
/// </remarks>
internal sealed partial class HotStoreConnection(
    IOptions<HotStoreOptions> options, ILogger<HotStoreConnection> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly HotStoreOptions _options = options.Value;
    private EmbeddedGarnet? _garnet;
    private Task<ConnectionMultiplexer>? _opening;

    /// <summary>Completes when the store is open.</summary>
    /// <exception cref="HotStoreUnavailableException">The host has not started it yet.</exception>
    public Task<ConnectionMultiplexer> OpenedAsync() =>
        _opening ?? throw new HotStoreUnavailableException("The hot store is not started.", null);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _opening = Task.Run(OpenAsync, cancellationToken);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <remarks>Here the host fails to start when the store did.</remarks>
    public Task StartedAsync(CancellationToken cancellationToken) => OpenedAsync();

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _opening, null) is { } opening)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully)
            {
                await (await opening).DisposeAsync();
            }
        }

        Interlocked.Exchange(ref _garnet, null)?.Dispose();
    }

    private async Task<ConnectionMultiplexer> OpenAsync()
    {
        if (_options.Engine == HotStoreEngine.Embedded)
        {
            _garnet = EmbeddedGarnet.Start(_options);
            LogEmbedded(_options.EmbeddedMemoryMiB);
        }

        var connection = await ConnectionMultiplexer.ConnectAsync(ConfigurationOf(_options, _garnet));
        if (!connection.IsConnected)
        {
            LogNotConnected();
        }

        return connection;
    }

    internal static ConfigurationOptions ConfigurationOf(HotStoreOptions options, EmbeddedGarnet? garnet)
    {
        var configuration = garnet?.Connection() ?? ConfigurationOptions.Parse(options.ConnectionString!);
        if (options.PasswordFile is { } file)
        {
            configuration.Password = null;
            configuration.Defaults = new PasswordInFile(file);
        }

        configuration.ClientName = "ecmr-gateway";
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = options.TimeoutMs;
        configuration.SyncTimeout = options.TimeoutMs;
        configuration.AsyncTimeout = options.TimeoutMs;

        // A call while the connection is down fails at once; whoever calls knows how to wait.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;

        // Emptying the store is an administrative command.
        configuration.AllowAdmin = true;

        // Exceptions may be logged: they name the command, not its key.
        configuration.IncludeDetailInExceptions = false;
        return configuration;
    }

    /// <summary>The password as the file has it at this moment: each new connection asks for it.</summary>
    private sealed class PasswordInFile(string path) : DefaultOptionsProvider
    {
        private string _last = "";

        public override string Password
        {
            get
            {
                try
                {
                    // A file that is being replaced may be empty for a moment.
                    _last = File.ReadAllText(path).Trim() is { Length: > 0 } password ? password : _last;
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    // The server refuses the old one, if it is not valid any more, and the client tries again.
                }

                return _last;
            }
        }
    }

    [LoggerMessage(6000, LogLevel.Information, "Embedded hot store started, at most {MemoryMiB} MiB.")]
    private partial void LogEmbedded(int memoryMiB);

    [LoggerMessage(
        6001, LogLevel.Warning,
        "The hot store cannot be reached yet: see HotStore:ConnectionString and HotStore:PasswordFile.")]
    private partial void LogNotConnected();
}
