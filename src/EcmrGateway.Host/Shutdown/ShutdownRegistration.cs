using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Host.Shutdown;

/// <summary>Wires how the process ends.</summary>
internal static class ShutdownRegistration
{
    public static void AddShutdown(this IServiceCollection services)
    {
        services.AddOptions<ShutdownOptions>().BindConfiguration(ShutdownOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ShutdownOptions>, ShutdownOptionsValidator>();
        services.AddSingleton<Drain>();
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, DrainingLifetime>());
        services.AddHostedService<StreamsFirst>();
        services.AddSingleton<ServiceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ServiceWatch>());
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) =>
        {
            host.ShutdownTimeout = shutdown.Value.Timeout;

            // A call that takes its time must not keep the relay's leases and the consumer's partitions from others.
            host.ServicesStopConcurrently = true;

            // ServiceWatch ends the process, and knows afterwards that it was not asked to.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
    }
}
