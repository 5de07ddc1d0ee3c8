using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Host.Identity;

/// <summary>
/// Section "Identity". Without an authority the sandbox issuer is used, in Development and on loopback only.
/// </summary>
public sealed record IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>Address of the OpenID Connect issuer. Empty: the sandbox issuer.</summary>
    public string Authority { get; init; } = "";

    /// <summary>Audience that tokens must be for.</summary>
    [Required]
    public string Audience { get; init; } = "ecmr-gateway";

    /// <summary>How long a validated token is trusted before its signature is looked at again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ValidationReuse { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Life of a sandbox token.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SandboxTokenLife { get; init; } = TimeSpan.FromHours(1);

    public bool IsSandbox => Authority.Length == 0;
}

[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;
