using EcmrGateway.Host.Roles;
using Ecmr.Ingress.V1;
using Microsoft.OpenApi.Models;

namespace EcmrGateway.Host.OpenApi;

/// <summary>The JSON form of the API, described at /openapi/v1.json from the protos and their comments.</summary>
internal static class OpenApiDocument
{
    public static void AddOpenApi(this IServiceCollection services, GatewayRoles roles)
    {
        if (!roles.Ingress && !roles.Inspection)
        {
            return;
        }

        services.AddGrpcSwagger();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "eCMR exchange gateway",
                Version = "v1",
                Description = "Consignment notes in, ranked vehicles out. The same methods as the gRPC API.",
            });
            options.CustomSchemaIds(type => type.FullName);
            options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
            });
            var comments = Path.Combine(
                AppContext.BaseDirectory, $"{typeof(IngressService).Assembly.GetName().Name}.xml");
            if (File.Exists(comments))
            {
                options.IncludeXmlComments(comments);
                options.IncludeGrpcXmlComments(comments, includeControllerXmlComments: true);
            }
        });
    }

    public static void MapOpenApi(this WebApplication app)
    {
        var roles = app.Services.GetRequiredService<GatewayRoles>();
        if (roles.Ingress || roles.Inspection)
        {
            app.UseSwagger(options => options.RouteTemplate = "openapi/{documentName}.json");
        }
    }
}
