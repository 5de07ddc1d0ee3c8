using EcmrGateway.HotStore.Areas;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Settings;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Consume;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring;

/// <summary>Registration of the scoring consumer.</summary>
public static class ScoringServices
{
    /// <summary>
    /// Adds the consumer. The hot store and the fact stream must be registered too. Settings of the model and of
    /// movements that are registered before are used; otherwise the defaults are.
    /// </summary>
    public static IServiceCollection AddScoring(this IServiceCollection services)
    {
        services.AddOptions<ScoringOptions>()
            .BindConfiguration(ScoringOptions.Section)
            .Validate(
                options => options.RetryMs <= options.RetryMsMax, "Scoring:RetryMs is at most Scoring:RetryMsMax.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScoringOptions>, ScoringOptionsValidator>();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new RiskSettings());
        services.TryAddSingleton(new MovementSettings());
        services.TryAddSingleton(provider => new RiskModel(
            provider.GetRequiredService<RiskSettings>(),
            provider.GetRequiredService<MovementSettings>(),
            provider.GetRequiredService<AreaList>().All));

        services.TryAddSingleton<FactCheck>(FactReader.Check);
        services.AddSingleton<ScoringTelemetry>();
        services.AddSingleton<ReadableFacts>();
        services.AddSingleton<PatientStore>();
        services.AddSingleton<ProfileHistory>();
        services.AddSingleton<ProfileLoader>();
        services.AddSingleton<OnRoadTimes>();
        services.AddSingleton<RoundFactory>();
        services.AddSingleton<BatchScorer>();
        services.AddSingleton<HotContent>();
        services.AddHostedService<ScoringConsumer>();
        return services;
    }
}
