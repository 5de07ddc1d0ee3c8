using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcmrGateway.HotStore.Areas;

/// <summary>Registration of the areas.</summary>
internal static class AreaServices
{
    public static void AddAreas(this IServiceCollection services)
    {
        services.AddOptions<AreaOptions>()
            .Configure<IConfiguration>((options, all) => all.GetSection(AreaOptions.Section).Bind(options.Areas))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AreaOptions>, AreaOptionsValidator>();
        services.AddSingleton<AreaList>();
    }
}
