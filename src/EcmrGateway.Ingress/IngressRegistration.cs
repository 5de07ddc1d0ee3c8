using EcmrGateway.Ingress.Facts;
using EcmrGateway.Ingress.Submit;
using EcmrGateway.Ingress.Watch;
using EcmrGateway.Notes.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Ingress;

/// <summary>Wires the submitters' API.</summary>
public static class IngressRegistration
{
    /// <summary>Name of the service on the wire, for health and authorisation.</summary>
    public const string ServiceName = "ecmr.ingress.v1.IngressService";

    public static IServiceCollection AddIngress(this IServiceCollection services)
    {
        services.AddOptions<IngressOptions>().BindConfiguration(IngressOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IngressOptions>, IngressOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<IngressOptions>>().Value);
        services.AddSingleton<IngressTelemetry>();
        services.AddSingleton(Places);
        services.AddSingleton<FactWriter>();
        services.AddSingleton<ReceiptAudit>();
        services.AddHostedService(provider => provider.GetRequiredService<ReceiptAudit>());
        services.AddSingleton<NoteSubmission>();
        services.AddSingleton<SubmitStreamHandler>();
        services.AddSingleton<NoteWatch>();
        services.AddSingleton<StreamGate>();
        services.AddSingleton<IngressGrpcService>();
        return services;
    }

    /// <exception cref="OptionsValidationException">The file of places has rows that cannot be read.</exception>
    private static Locodes Places(IServiceProvider provider)
    {
        var file = provider.GetRequiredService<IngressOptions>().PlacesFile;
        if (file.Length == 0)
        {
            return Locodes.BuiltIn;
        }

        var reading = Read(file);
        return reading.Problems.Count == 0
            ? reading.Locodes
            : throw new OptionsValidationException(
                nameof(IngressOptions.PlacesFile), typeof(IngressOptions),
                reading.Problems.Select(problem => $"Ingress:PlacesFile, line {problem.Line}: {problem.Problem}"));
    }

    private static LocodesReading Read(string file)
    {
        try
        {
            return Locodes.BuiltIn.WithFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                nameof(IngressOptions.PlacesFile), typeof(IngressOptions),
                [$"Ingress:PlacesFile cannot be read: {failure.Message}"]);
        }
    }

    public static IEndpointConventionBuilder MapIngress(this IEndpointRouteBuilder endpoints)
    {
        // Now and not with the first note, so that a file that cannot be used stops the start.
        _ = endpoints.ServiceProvider.GetRequiredService<Locodes>();

        // Made now and not with the first call, so that its counters are there before.
        endpoints.ServiceProvider.GetRequiredService<IngressTelemetry>();
        return endpoints.MapGrpcService<IngressGrpcService>();
    }
}
