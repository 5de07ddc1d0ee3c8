using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Ingress;

/// <summary>Section "Ingress".</summary>
public sealed record IngressOptions
{
    public const string Section = "Ingress";

    /// <summary>
    /// Notes of one submit stream that may wait for their answer; then the stream is read no further.
    /// </summary>
    [Range(1, 65_536)]
    public int StreamWindow { get; init; } = 1_024;

    /// <summary>Submit streams and watches at one time; one more is told to come back.</summary>
    [Range(1, 100_000)]
    public int StreamsMax { get; init; } = 1_024;

    /// <summary>Of these of one party, so that it cannot take the places of all others.</summary>
    [Range(1, 100_000)]
    public int StreamsPerPartyMax { get; init; } = 256;

    /// <summary>CSV file of more places: code,name,latitude,longitude. Empty: the built-in table alone.</summary>
    public string PlacesFile { get; init; } = "";
}

[OptionsValidator]
internal sealed partial class IngressOptionsValidator : IValidateOptions<IngressOptions>;
