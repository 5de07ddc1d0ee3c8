using EcmrGateway.HotStore.Areas;
using EcmrGateway.HotStore.Progress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EcmrGateway.HotStore;

/// <summary>Registration of the hot store.</summary>
public static class HotStoreServices
{
    /// <summary>Adds <see cref="IHotStore"/> and the areas, from the sections "HotStore" and "Areas".</summary>
    public static IServiceCollection AddHotStore(this IServiceCollection services)
    {
        services.AddOptions<HotStoreOptions>()
            .BindConfiguration(HotStoreOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<HotStoreOptions>, HotStoreRangesValidator>();
        services.AddSingleton<IValidateOptions<HotStoreOptions>, HotStoreOptionsValidator>();
        services.AddAreas();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HotStoreTelemetry>();
        services.AddSingleton<HotStoreConnection>();
        services.AddHostedService(provider => provider.GetRequiredService<HotStoreConnection>());
        services.AddSingleton<HotStoreCalls>();
        services.AddSingleton(provider => new HotKeys(
            provider.GetRequiredService<IOptions<HotStoreOptions>>().Value.Buckets));
        services.AddSingleton<WriterMarks>();
        services.AddSingleton<ProgressRecords>();
        services.AddSingleton<OnRoadSets>();
        services.AddSingleton<HotWriter>();
        services.AddSingleton<IHotStore, RedisHotStore>();
        return services;
    }
}
