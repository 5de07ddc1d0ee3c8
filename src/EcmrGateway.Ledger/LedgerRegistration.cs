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
    /// Adds <see cref="INoteLedger"/>, opened when the host starts, and with <see cref="LedgerAccess.Append"/> what
    /// else has a key: <see cref="Pseudonymiser"/>, <see cref="VehiclePseudonyms"/> and <see cref="OpaqueTokens"/>.
    /// </summary>
    public static IServiceCollection AddNoteLedger(
        this IServiceCollection services, LedgerAccess access = LedgerAccess.Append)
    {
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LedgerOptions>, LedgerOptionsValidator>();
        services.AddSingleton<IValidateOptions<LedgerOptions>>(new LedgerEngineValidator(access));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Open(provider, access));
        services.AddSingleton(provider => provider.GetRequiredService<INoteLedger>() is PostgresNoteLedger ledger
            ? ledger.RelayLeases
            : throw new LedgerOpenException("Facts are relayed from Ledger:Engine Postgres only."));
        services.AddHostedService<LedgerStart>();
        return access is LedgerAccess.Append ? services.AddKeys() : services;
    }

    private static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton(provider => Pseudonymiser.Open(OptionsOf(provider).PseudonymKeyPath))
        .AddSingleton<VehiclePseudonyms>()
        .AddSingleton(provider => OpaqueTokens.Open(OptionsOf(provider).TokenKeyPath));

    private static INoteLedger Open(IServiceProvider provider, LedgerAccess access)
    {
        var (options, time) = (OptionsOf(provider), provider.GetRequiredService<TimeProvider>());
        return options.Engine == LedgerOptions.Postgres
            ? PostgresNoteLedger.OpenAsync(
                options, access, time, provider.GetRequiredService<ILoggerFactory>(), CancellationToken.None)
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
            _ = provider.GetService<Pseudonymiser>();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
