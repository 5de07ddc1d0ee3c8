using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace EcmrGateway.HotStore.Areas;

/// <summary>Reports every error of every area at once.</summary>
internal sealed partial class AreaOptionsValidator : IValidateOptions<AreaOptions>
{
    public ValidateOptionsResult Validate(string? name, AreaOptions options)
    {
        var errors = options.Areas.SelectMany((area, at) => Errors(area).Select(error => $"Areas:{at}: {error}"))
            .Concat(options.Areas.CountBy(area => area.Id).Where(same => same.Value > 1)
                .Select(same => $"Areas: the id \"{same.Key}\" is there {same.Value} times."))
            .ToList();
        if (options.Areas.Count > AreaOptions.CountMax)
        {
            errors.Add($"Areas: at most {AreaOptions.CountMax}.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(AreaSetting area)
    {
        if (!Id().IsMatch(area.Id))
        {
            yield return "Id has lower-case letters, digits and hyphens, 1 to 40.";
        }

        if (area.Latitude is not (>= -90 and <= 90))
        {
            yield return "Latitude is from -90 to 90.";
        }

        if (area.Longitude is not (>= -180 and <= 180))
        {
            yield return "Longitude is from -180 to 180.";
        }

        if (area.RadiusKm is not (>= AreaOptions.RadiusKmMin and <= AreaOptions.RadiusKmMax))
        {
            yield return $"RadiusKm is from {AreaOptions.RadiusKmMin} to {AreaOptions.RadiusKmMax}.";
        }
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z")]
    private static partial Regex Id();
}
