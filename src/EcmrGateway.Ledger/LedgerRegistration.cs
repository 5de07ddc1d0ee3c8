using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Ledger.Sqlite;
using EcmrGateway.Ledger.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Ledger;

/// <summary>Registers the ledger.</summary>
public static class LedgerRegistration
{
    /// <summary>
    /// Adds <see cref="INoteLedger"/> and <see cref="Pseudonymiser"/>, both opened when the host starts.
    /// </summary>
    public static IServiceCollection AddNoteLedger(this IServiceCollection services)
    {
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LedgerOptions>, LedgerOptionsValidator>();
        services.AddSingleton<IValidateOptions<LedgerOptions>, LedgerEngineValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Pseudonymiser.Open(OptionsOf(provider).PseudonymKeyPath));
        services.AddSingleton<VehiclePseudonyms>();
        services.AddSingleton(provider => OpaqueTokens.Open(OptionsOf(provider).TokenKeyPath));
        services.AddSingleton(Open);
        services.AddSingleton(provider => provider.GetRequiredService<INoteLedger>() is PostgresNoteLedger ledger
            ? ledger.RelayLeases
            : throw new LedgerOpenException("Facts are relayed from Ledger:Engine Postgres only."));
        services.AddHostedService<LedgerStart>();
        return services;
    }

    private static INoteLedger Open(IServiceProvider provider)
    {
        var (options, time) = (OptionsOf(provider), provider.GetRequiredService<TimeProvider>());
        return options.Engine == LedgerOptions.Postgres
            ? PostgresNoteLedger.OpenAsync(
                options, time, provider.GetRequiredService<ILoggerFactory>(), CancellationToken.None)
                .GetAwaiter().GetResult()
            : SqliteNoteLedger.Open(options, time, provider.GetRequiredService<ILogger<SqliteNoteLedger>>());
    }

    private static LedgerOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<LedgerOptions>>().Value;

    /// <summary>Opens the ledger before anything is served: what cannot be opened stops the start.</summary>
    private sealed class LedgerStart(IServiceProvider provider) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            _ = provider.GetRequiredService<INoteLedger>();
            _ = provider.GetRequiredService<Pseudonymiser>();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
