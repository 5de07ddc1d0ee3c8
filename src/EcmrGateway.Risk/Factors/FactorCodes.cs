namespace EcmrGateway.Risk.Factors;

/// <summary>Codes of all factors: part of the contract, never reused.</summary>
public static class FactorCodes
{
    public const string DocumentIntegrity = "DOCUMENT_INTEGRITY";
    public const string LoadPlausibility = "LOAD_PLAUSIBILITY";
    public const string SamePlate = "SAME_PLATE";
    public const string DangerousGoods = "DANGEROUS_GOODS";
    public const string InspectionRecord = "INSPECTION_RECORD";

    public static IReadOnlyList<string> All { get; } =
        [DocumentIntegrity, LoadPlausibility, SamePlate, DangerousGoods, InspectionRecord];
}
