using Ecmr.Facts.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Ledger.Pseudonyms;

namespace EcmrGateway.Inspection.Outcome;

/// <summary>Checks a reported outcome; every finding is told at once.</summary>
internal static class OutcomeRequests
{
    private const int InfringementsMax = 50;
    private const int CountMax = 1_000;
    private const int VehiclesMax = 10_000;

    /// <summary>Clocks of roadside devices may run ahead by this much.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <returns>The vehicle; null at a premises check without one.</returns>
    public static Pseudonym? Read(RecordOutcomeRequest request, VehiclePseudonyms vehicles, DateTimeOffset now)
    {
        var findings = new List<(string Field, string Message)>();
        if (!Guid.TryParseExact(request.RequestId, "D", out _) || request.RequestId.Any(char.IsUpper))
        {
            findings.Add(("request_id", "Choose a UUID in lower case."));
        }

        if (request.InspectedTime is null || request.InspectedTime.Seconds <= 0)
        {
            findings.Add(("inspected_time", "State when the inspection was done."));
        }
        else if (request.InspectedTime.Seconds > (now + ClockSkew).ToUnixTimeSeconds())
        {
            findings.Add(("inspected_time", "An inspection cannot be in the future."));
        }

        if (!Enum.IsDefined(request.Place))
        {
            findings.Add(("place", "State the roadside or the premises."));
        }

        if (request.VehiclesChecked is < 0 or > VehiclesMax
            || (request.Place != CheckPlace.Premises && request.VehiclesChecked > 1))
        {
            findings.Add(("vehicles_checked", "State 1 at the roadside and at most 10000 at premises."));
        }

        Infringements(request, findings);
        var vehicle = Vehicle(request, vehicles, findings);
        return findings.Count == 0 ? vehicle : throw InspectionError.Invalid([.. findings]);
    }

    private static void Infringements(RecordOutcomeRequest request, List<(string, string)> findings)
    {
        if (request.Infringements.Count > InfringementsMax)
        {
            findings.Add(("infringements", "State at most 50."));
        }

        for (var i = 0; i < Math.Min(request.Infringements.Count, InfringementsMax); i++)
        {
            var infringement = request.Infringements[i];
            if (infringement.Domain == InfringementDomain.Unspecified || !Enum.IsDefined(infringement.Domain))
            {
                findings.Add(($"infringements[{i}].domain", "Name the domain of law."));
            }

            if (infringement.Class == InfringementClass.Unspecified || !Enum.IsDefined(infringement.Class))
            {
                findings.Add(($"infringements[{i}].class", "State the class: MI, SI, VSI or MSI."));
            }

            if (infringement.Count is < 1 or > CountMax)
            {
                findings.Add(($"infringements[{i}].count", "State 1 to 1000."));
            }
        }
    }

    private static Pseudonym? Vehicle(
        RecordOutcomeRequest request, VehiclePseudonyms vehicles, List<(string, string)> findings)
    {
        if (request.Vehicle.Length > 0)
        {
            if (Pseudonym.TryParse(request.Vehicle, out var listed))
            {
                return listed;
            }

            findings.Add(("vehicle", "This is no pseudonym of this gateway."));
        }
        else if (request.Plate.Length > 0)
        {
            if (request.Country.Length == 2 && vehicles.Of(request.Plate, request.Country) is { } seen)
            {
                return seen;
            }

            findings.Add(("plate", "State a registration of letters and digits, and its country (ISO 3166-1)."));
        }
        else if (request.Place != CheckPlace.Premises)
        {
            findings.Add(("vehicle", "Name the vehicle: its pseudonym, or its registration and country."));
        }

        return null;
    }
}
