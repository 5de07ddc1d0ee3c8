using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Risk.Settings;

namespace EcmrGateway.Risk.Factors;

/// <summary>All that the factors may know when one movement is scored.</summary>
/// <param name="Index">The scored movement's place in the timeline.</param>
/// <param name="Carrier">Record of who drives; null: not known who that is.</param>
/// <param name="Consignor">History of the consignor; null: not known.</param>
/// <param name="VehicleChecks">The vehicle's own checks, oldest first.</param>
internal readonly record struct FactorInput(
    VehicleTimeline Timeline,
    int Index,
    CarrierProfile? Carrier,
    ConsignorProfile? Consignor,
    IReadOnlyList<CheckFact> VehicleChecks,
    RiskSettings Settings)
{
    /// <summary>The scored movement.</summary>
    public MovementFacts Movement => Timeline.Movements[Index];
}
