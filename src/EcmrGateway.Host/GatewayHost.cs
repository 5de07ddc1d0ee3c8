using EcmrGateway.Host.Errors;
using EcmrGateway.Host.Health;
using EcmrGateway.Host.Identity;
using EcmrGateway.Host.OpenApi;
using EcmrGateway.Host.Roles;
using EcmrGateway.Host.Shutdown;
using EcmrGateway.Host.Telemetry;
using EcmrGateway.HotStore;
using EcmrGateway.Ingress;
using EcmrGateway.Inspection;
using EcmrGateway.Ledger;
using EcmrGateway.Scoring;
using EcmrGateway.Streaming;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace EcmrGateway.Host;

/// <summary>Puts the roles of this process together.</summary>
public static class GatewayHost
{
    /// <summary>Largest message that is read, bytes: a note of 200 lines fits many times.</summary>
    private const int MessageBytesMax = 1024 * 1024;

    /// <summary>Details of errors that the JSON form of an answer may hold.</summary>
    private static readonly TypeRegistry ErrorDetails = TypeRegistry.FromMessages(
        ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor);

    /// <param name="configure">Last word on settings and services; for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = CreateBuilder(args);
        configure?.Invoke(builder);
        KnownSettings.Check(builder.Configuration);
        var roles = GatewayRoles.Read(builder.Configuration);
        if (StreamRegistration.MismatchOf(builder.Configuration) is { } mismatch)
        {
            throw new SettingException(mismatch);
        }

        builder.WebHost.ConfigureKestrel(ConnectionLimits.Apply);
        builder.Services.AddSingleton(roles);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<CallInterceptor>();
        builder.Services
            .AddGrpc(options =>
            {
                options.MaxReceiveMessageSize = MessageBytesMax;
                options.Interceptors.Add<CallInterceptor>();
            })
            .AddJsonTranscoding(options => options.TypeRegistry = ErrorDetails);
        if (roles.AnswersCallers)
        {
            builder.AddIdentity();
        }

        builder.AddTelemetry();
        builder.Services.AddNoteLedger(roles.Access);
        builder.Services.AddFactStream();
        AddRoles(builder, roles);
        builder.Services.AddGrpcReflection();
        builder.Services.AddGatewayHealth(roles, builder.Configuration);
        builder.Services.AddShutdown();
        builder.Services.AddOpenApi(roles);
        return Map(builder.Build(), roles);
    }

    /// <summary>The settings alone: appsettings.json beside the program, the environment, the command line.</summary>
    internal static WebApplicationBuilder CreateBuilder(string[] args) => WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    private static void AddRoles(WebApplicationBuilder builder, GatewayRoles roles)
    {
        if (roles.Relay || roles.Scoring)
        {
            builder.Services.AddTopicCheck(builder.Configuration);
        }

        if (roles.UsesHotStore)
        {
            builder.Services.AddHotStore();
        }

        if (roles.Ingress)
        {
            builder.Services.AddIngress();
        }

        if (roles.Relay)
        {
            builder.Services.AddFactRelay(builder.Configuration);
        }

        if (roles.Scoring)
        {
            builder.Services.AddScoring();
        }

        if (roles.Inspection)
        {
            builder.Services.AddInspection();
        }
    }

    private static WebApplication Map(WebApplication app, GatewayRoles roles)
    {
        app.LiftBodyLimitOfGrpc();
        app.UseMiddleware<RpcMetrics>();
        app.UseMiddleware<StatusCompletion>();
        if (roles.AnswersCallers)
        {
            app.UseAuthentication();
            app.MapSandboxIssuer();
        }

        if (roles.Ingress)
        {
            app.MapIngress();
            app.MapLedgerKey();
        }

        if (roles.Inspection)
        {
            app.MapInspection();
        }

        app.MapGatewayHealth(roles);
        app.MapMetrics(roles);
        app.MapOpenApi();
        if (app.Environment.IsDevelopment())
        {
            app.MapGrpcReflectionService();
        }

        return app;
    }
}
