using EcmrGateway.Streaming.Tail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming;

/// <summary>Registers the stream of facts.</summary>
public static class StreamRegistration
{
    /// <summary>
    /// Adds <see cref="IFactStream"/> and <see cref="FactHistory"/>. The ledger must be registered too.
    /// </summary>
    public static IServiceCollection AddFactStream(this IServiceCollection services)
    {
        services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IFactStream, LedgerTail>();
        services.AddSingleton<FactHistory>();
        return services;
    }
}
