using System.Collections.Immutable;

namespace EcmrGateway.Notes.Note;

/// <summary>Dangerous goods as ADR 5.4.1.1.1 wants them stated.</summary>
public sealed record DangerousGoods
{
    /// <summary>UN number, 4 digits without "UN". ADR 5.4.1.1.1(a), eFTI232.</summary>
    public UnNumber? UnNumber { get; init; }

    /// <summary>Proper shipping name; at most 128 characters. (b), eFTI251.</summary>
    public string ProperShippingName { get; init; } = "";

    /// <summary>Technical name where special provision 274 applies; at most 128 characters. eFTI235.</summary>
    public string TechnicalName { get; init; } = "";

    /// <summary>Label models, main one first, as "3" or "6.1". (c), eFTI301.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Classification code, ADR Table A column 3b; required for class 1.</summary>
    public string ClassificationCode { get; init; } = "";

    /// <summary>Packing group. (d), eFTI236.</summary>
    public PackingGroup PackingGroup { get; init; }

    /// <summary>Tunnel restriction code, as "D/E". (k), eFTI255.</summary>
    public string TunnelCode { get; init; } = "";

    /// <summary>That no tunnel with restrictions is on the route, so that the tunnel code may be left out.</summary>
    public bool NoRestrictedTunnel { get; init; }

    /// <summary>Number of packages. (e), eFTI296.</summary>
    public int PackageCount { get; init; }

    /// <summary>Kind of package, UN/ECE Recommendation 21. eFTI298.</summary>
    public string PackageType { get; init; } = "";

    /// <summary>UN packaging code, ADR 6.1.2, as "4G". eFTI297.</summary>
    public string UnPackagingCode { get; init; } = "";

    /// <summary>Gross mass. (f), eFTI238.</summary>
    public Measure? GrossMass { get; init; }

    /// <summary>Net mass. (f), eFTI247.</summary>
    public Measure? NetMass { get; init; }

    /// <summary>Volume. (f), eFTI243.</summary>
    public Measure? Volume { get; init; }

    /// <summary>Net explosive content, kilograms; class 1. eFTI249.</summary>
    public Measure? NetExplosiveContent { get; init; }

    /// <summary>Transport category: 0, 1, 1a, 2, 3 or 4. ADR 1.1.3.6, eFTI258.</summary>
    public string TransportCategory { get; init; } = "";

    /// <summary>Packed in limited quantities, ADR 3.4.</summary>
    public bool LimitedQuantity { get; init; }

    /// <summary>Packed in excepted quantities, ADR 3.5.</summary>
    public bool ExceptedQuantity { get; init; }

    /// <summary>Statements on the goods, eFTI317.</summary>
    public ImmutableArray<DangerousGoodsStatement> Statements { get; init; } = [];

    /// <summary>Hazard identification number, tanks. eFTI242.</summary>
    public string HazardIdNumber { get; init; } = "";

    /// <summary>Control temperature, unit CEL. eFTI279.</summary>
    public Measure? ControlTemperature { get; init; }

    /// <summary>Emergency temperature, unit CEL. eFTI283.</summary>
    public Measure? EmergencyTemperature { get; init; }

    /// <summary>Special provisions that apply, as "274". eFTI256.</summary>
    public ImmutableArray<string> SpecialProvisions { get; init; } = [];

    /// <summary>Particulars of radioactive material, class 7.</summary>
    public RadioactiveMaterial? Radioactive { get; init; }

    /// <summary>Special agreement or multilateral agreement, as "M355". (i), eFTI827.</summary>
    public string SpecialAgreement { get; init; } = "";

    /// <summary>Points of this line under ADR 1.1.3.6 as reckoned by the submitter.</summary>
    public string ExemptionPoints { get; init; } = "";

    /// <summary>Emergency telephone number; at most 35 characters.</summary>
    public string EmergencyContact { get; init; } = "";
}

/// <summary>Radioactive material, ADR 5.4.1.2.5.</summary>
public sealed record RadioactiveMaterial
{
    /// <summary>Isotope with the highest activity; at most 35 characters. eFTI290.</summary>
    public string Isotope { get; init; } = "";

    /// <summary>Activity, unit BQL or a multiple. eFTI292.</summary>
    public Measure? Activity { get; init; }

    /// <summary>Transport index. eFTI288.</summary>
    public string TransportIndex { get; init; } = "";

    /// <summary>Criticality safety index of fissile material. eFTI289.</summary>
    public string CriticalitySafetyIndex { get; init; } = "";

    /// <summary>Category: I-WHITE, II-YELLOW or III-YELLOW.</summary>
    public string Category { get; init; } = "";
}
