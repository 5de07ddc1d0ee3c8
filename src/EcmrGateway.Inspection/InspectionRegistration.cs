using EcmrGateway.Inspection.Audit;
using EcmrGateway.Inspection.Outcome;
using EcmrGateway.Inspection.Rank;
using EcmrGateway.Inspection.Reveal;
using EcmrGateway.Inspection.Screen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Inspection;

/// <summary>Wires the inspectors' API.</summary>
public static class InspectionRegistration
{
    /// <summary>Name of the service on the wire, for health and authorisation.</summary>
    public const string ServiceName = "ecmr.inspection.v1.InspectionService";

    public static IServiceCollection AddInspection(this IServiceCollection services)
    {
        services.AddOptions<InspectionOptions>().BindConfiguration(InspectionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InspectionOptions>, InspectionOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<InspectionOptions>>().Value);
        services.AddSingleton<LastRead>();
        services.AddSingleton<RankedVehicles>();
        services.AddSingleton<RankRequests>();
        services.AddHostedService<RankingAge>();
        services.AddSingleton<RankHandlers>();
        services.AddSingleton<ScreenHandler>();
        services.AddSingleton<AccessLog>();
        services.AddSingleton<VehicleReveal>();
        services.AddSingleton<RevealHandlers>();
        services.AddSingleton<OutcomeRecorder>();
        services.AddSingleton<OutcomeHandler>();
        services.AddSingleton<AuditHandler>();
        services.AddSingleton<InspectionGrpcService>();
        return services;
    }

    public static IEndpointConventionBuilder MapInspection(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGrpcService<InspectionGrpcService>();
}
