using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming;

/// <summary>Section "Stream".</summary>
public sealed record StreamOptions
{
    public const string Section = "Stream";

    /// <summary>Where facts come from. "Ledger": the tail of the ledger itself.</summary>
    [Required]
    [AllowedValues("Ledger")]
    public string Engine { get; init; } = "Ledger";

    /// <summary>
    /// Facts in one batch: more than a consumer scores in a tenth of a second make a restart no faster.
    /// </summary>
    [Range(1, 16_384)]
    public int BatchLengthMax { get; init; } = 512;
}

/// <summary>Checks what the attributes say, generated.</summary>
[OptionsValidator]
internal sealed partial class StreamOptionsValidator : IValidateOptions<StreamOptions>;
