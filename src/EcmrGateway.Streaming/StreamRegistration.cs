using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;
using EcmrGateway.Streaming.Relay;
using EcmrGateway.Streaming.Tail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming;

/// <summary>Registers the stream of facts, and the relay that feeds it.</summary>
public static class StreamRegistration
{
    /// <summary>
    /// Adds <see cref="IFactStream"/> and <see cref="FactHistory"/>. The ledger must be registered too.
    /// </summary>
    public static IServiceCollection AddFactStream(this IServiceCollection services)
    {
        services.AddStreamCommons();
        services.TryAddSingleton<IFactStream>(provider => provider.GetRequiredService<IOptions<StreamOptions>>()
            .Value.Engine switch
        {
            StreamOptions.KafkaEngine => ActivatorUtilities.CreateInstance<KafkaFactStream>(provider),
            _ => ActivatorUtilities.CreateInstance<LedgerTail>(provider),
        });
        services.TryAddSingleton<FactHistory>();
        return services;
    }

    /// <summary>
    /// Adds the relay where the stream is Kafka: the ledger and its <see cref="IRelayLeases"/> must be registered too.
    /// Otherwise there is nothing to relay.
    /// </summary>
    public static IServiceCollection AddFactRelay(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStreamCommons();
        if (UsesKafka(configuration))
        {
            services.TryAddSingleton<ProducerFactory>(_ => builder => builder.Build());
            services.TryAddSingleton<RelayProducer>();
            services.AddHostedService<FactRelay>();
        }

        return services;
    }

    /// <summary>
    /// Looks at the topics while the host starts, so that a topic that promises too little stops the start; brokers
    /// that do not answer then do not. For processes that relay or consume; nothing where the stream is not Kafka.
    /// </summary>
    public static IServiceCollection AddTopicCheck(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStreamCommons();
        if (UsesKafka(configuration))
        {
            services.AddHostedService<TopicStart>();
        }

        return services;
    }

    /// <summary>Whether facts go over Kafka by these settings.</summary>
    public static bool UsesKafka(IConfiguration configuration) =>
        configuration[$"{StreamOptions.Section}:{nameof(StreamOptions.Engine)}"] == StreamOptions.KafkaEngine;

    /// <returns>Why ledger and stream of these settings do not go together; null: they do.</returns>
    /// <remarks>
    /// A folder has one process, which reads its own tail; relays lease shards in a ledger that processes share.
    /// </remarks>
    public static string? MismatchOf(IConfiguration configuration) => UsesKafka(configuration)
        && configuration[$"{LedgerOptions.Section}:{nameof(LedgerOptions.Engine)}"] is (null or LedgerOptions.Sqlite)
            ? "Stream:Engine Kafka needs Ledger:Engine Postgres; with Ledger:Engine Sqlite use Stream:Engine Ledger."
            : null;

    private static void AddStreamCommons(this IServiceCollection services)
    {
        services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            [
                ServiceDescriptor.Singleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>(),
                ServiceDescriptor.Singleton<IValidateOptions<StreamOptions>, KafkaRules>(),
            ]);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StreamTelemetry>();
        services.TryAddSingleton<TopicCheck>();
        services.TryAddSingleton<BrokerHealth>();
    }
}
