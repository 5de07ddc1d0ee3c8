using System.Net;
using EcmrGateway.Host.Roles;
using EcmrGateway.Ledger;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace EcmrGateway.Host.Identity;

/// <summary>Bearer tokens: from the sandbox issuer, or from an OpenID Connect issuer.</summary>
internal static class IdentityRegistration
{
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<IdentityOptions>>().Value);
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();

        var authority = builder.Configuration[$"{IdentityOptions.Section}:{nameof(IdentityOptions.Authority)}"];
        if (string.IsNullOrEmpty(authority))
        {
            RefuseSandboxOutside(builder);
            services.AddSingleton(provider => new SandboxKey(Path.Combine(
                provider.GetRequiredService<IOptions<LedgerOptions>>().Value.Folder, "keys", "sandbox-issuer.key")));
            services.AddSingleton<SandboxIssuer>();
        }
        else if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            // Whoever sits between could put keys of their own in place of the issuer's.
            throw new SettingException("Identity:Authority is not an https address, as https://login.example.org.");
        }

        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IdentityOptions, TimeProvider, IServiceProvider>(Configure);
    }

    public static void MapSandboxIssuer(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IdentityOptions>().IsSandbox)
        {
            app.MapPost("/sandbox/token", (TokenRequest request, HttpContext context, SandboxIssuer issuer) =>
                issuer.Issue(request, context)).ExcludeFromDescription();
        }
    }

    private static void Configure(
        JwtBearerOptions bearer, IdentityOptions identity, TimeProvider clock, IServiceProvider services)
    {
        bearer.MapInboundClaims = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new ReusingTokenHandler(identity.ValidationReuse, clock) { MapInboundClaims = false });
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = identity.Audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, "PS256"],
            ClockSkew = TimeSpan.FromSeconds(30),
            NameClaimType = "sub",
            RoleClaimType = "role",
        };
        if (identity.IsSandbox)
        {
            bearer.TokenValidationParameters.ValidIssuer = SandboxKey.Issuer;
            bearer.TokenValidationParameters.IssuerSigningKey =
                services.GetRequiredService<SandboxKey>().SecurityKey;
            bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
        }
        else
        {
            bearer.Authority = identity.Authority;
        }
    }

    /// <summary>Anybody gets any role from the sandbox issuer, so nobody but this machine may reach it.</summary>
    private static void RefuseSandboxOutside(WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            throw new SettingException(
                "Identity:Authority is not set; the sandbox issuer runs in Development only.");
        }

        foreach (var endpoint in builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            if (!Uri.TryCreate(endpoint["Url"], UriKind.Absolute, out var url) || !IsLoopback(url.Host))
            {
                throw new SettingException(
                    $"Kestrel:Endpoints:{endpoint.Key}:Url is not on loopback, where alone the sandbox issuer runs; "
                    + "set Identity:Authority.");
            }
        }
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && IPAddress.IsLoopback(address));
}
