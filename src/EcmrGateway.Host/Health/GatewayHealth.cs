using EcmrGateway.Host.Roles;
using EcmrGateway.Host.Shutdown;
using EcmrGateway.Streaming;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcmrGateway.Host.Health;

/// <summary>
/// Health: "live" looks at the process only, "ready" at what its roles cannot do without; for gRPC by service name, as
/// "live", of a role or of an engine, and without a name as "ready".
/// </summary>
internal static class GatewayHealth
{
    /// <summary>The check that says that the process answers. gRPC health knows no name without a check.</summary>
    public const string Live = "live";

    /// <summary>The check that says whether the process is about to go.</summary>
    private const string Draining = "drain";

    public static void AddGatewayHealth(
        this IServiceCollection services, GatewayRoles roles, IConfiguration configuration)
    {
        var needs = EngineNeeds.Of(roles);
        var ready = EngineNeeds.OfAll(needs.Values);
        var checks = services.AddHealthChecks();
        checks.AddCheck<Drain>(Draining);
        checks.AddCheck(Live, () => HealthCheckResult.Healthy());
        checks.AddCheck<LedgerHealth>(EngineNeeds.Ledger);
        if (roles.UsesHotStore)
        {
            checks.AddCheck<HotStoreHealth>(EngineNeeds.HotStore);
        }

        if ((roles.Relay || roles.Scoring) && StreamRegistration.UsesKafka(configuration))
        {
            checks.AddCheck<StreamHealth>(EngineNeeds.Stream);
        }

        services.AddGrpcHealthChecks(options =>
        {
            options.Services.Map(Live, check => check.Name == Live);
            options.Services.Map("", check => check.Name == Draining || ready.Contains(check.Name));
            foreach (var (role, engines) in needs)
            {
                options.Services.Map(role, check => check.Name == Draining || engines.Contains(check.Name));
            }

            foreach (var engine in EngineNeeds.Engines)
            {
                options.Services.Map(engine, check => check.Name == engine);
            }
        });

        // The default publishes every 30 s; a client that watches health wants to know sooner.
        services.AddSingleton<IHealthCheckPublisher, EngineGauge>();
        services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Delay = TimeSpan.Zero;
            options.Period = TimeSpan.FromSeconds(5);
        });
    }

    public static void MapGatewayHealth(this WebApplication app, GatewayRoles roles)
    {
        var ready = EngineNeeds.OfAll(EngineNeeds.Of(roles).Values);
        app.MapGrpcHealthChecksService();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Name == Draining || ready.Contains(check.Name),
        });
        foreach (var engine in EngineNeeds.Engines)
        {
            app.MapHealthChecks($"/health/{engine}", new HealthCheckOptions
            {
                Predicate = check => check.Name == engine,
            });
        }
    }
}
