using EcmrGateway.Host.Roles;
using EcmrGateway.Ingress;
using EcmrGateway.Inspection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcmrGateway.Host.Health;

/// <summary>
/// Health: "live" looks at the process only, "ready" at what a request needs; for gRPC by service name.
/// </summary>
internal static class GatewayHealth
{
    private static readonly string[] LedgerTags = [IngressRegistration.ServiceName, InspectionRegistration.ServiceName];
    private static readonly string[] HotStoreTags = [InspectionRegistration.ServiceName];

    public static void AddGatewayHealth(this IServiceCollection services, GatewayRoles roles)
    {
        services.AddGrpcHealthChecks(options =>
        {
            options.Services.Map("", _ => true);
            Map(roles.Ingress, IngressRegistration.ServiceName);
            Map(roles.Inspection, InspectionRegistration.ServiceName);

            void Map(bool played, string service)
            {
                if (played)
                {
                    options.Services.Map(service, check => check.Tags.Contains(service));
                }
            }
        });
        var checks = services.AddHealthChecks();
        checks.AddCheck<LedgerHealth>("ledger", tags: LedgerTags);
        if (roles.UsesHotStore)
        {
            checks.AddCheck<HotStoreHealth>("hot-store", tags: HotStoreTags);
        }


        // The default publishes every 30 s; a client that watches health wants to know sooner.
        services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Delay = TimeSpan.Zero;
            options.Period = TimeSpan.FromSeconds(5);
        });
    }

    public static void MapGatewayHealth(this WebApplication app)
    {
        app.MapGrpcHealthChecksService();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
