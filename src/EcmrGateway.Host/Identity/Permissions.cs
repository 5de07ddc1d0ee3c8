using System.Collections.Frozen;

namespace EcmrGateway.Host.Identity;

/// <summary>Who may call what. A method that is not listed may be called by nobody.</summary>
public static class Permissions
{
    public const string Submitter = "submitter";
    public const string Carrier = "carrier";
    public const string Inspector = "inspector";
    public const string Auditor = "auditor";

    /// <summary>Every role that a credential can have.</summary>
    public static readonly IReadOnlyList<string> Roles = [Submitter, Carrier, Inspector, Auditor];

    /// <summary>Methods that need no credential: they tell whether the gateway is well and what it offers.</summary>
    private static readonly FrozenSet<string> OpenServices = new[]
    {
        "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
    }.ToFrozenSet();

    /// <summary>
    /// Method to the one role that may call it. Carriers have no part in a note yet, so they have no call.
    /// </summary>
    private static readonly FrozenDictionary<string, string> RoleOf = new Dictionary<string, string>
    {
        ["/ecmr.ingress.v1.IngressService/Submit"] = Submitter,
        ["/ecmr.ingress.v1.IngressService/SubmitStream"] = Submitter,
        ["/ecmr.ingress.v1.IngressService/GetConsignmentNote"] = Submitter,
        ["/ecmr.ingress.v1.IngressService/WatchConsignmentNotes"] = Submitter,
        ["/ecmr.inspection.v1.InspectionService/ListAreas"] = Inspector,
        ["/ecmr.inspection.v1.InspectionService/ListRankedVehicles"] = Inspector,
        ["/ecmr.inspection.v1.InspectionService/WatchRankedVehicles"] = Inspector,
        ["/ecmr.inspection.v1.InspectionService/ScreenVehicle"] = Inspector,
        ["/ecmr.inspection.v1.InspectionService/RevealVehicles"] = Inspector,
        ["/ecmr.inspection.v1.InspectionService/RevealConsignmentNote"] = Inspector,
        ["/ecmr.inspection.v1.InspectionService/RecordOutcome"] = Inspector,
        ["/ecmr.inspection.v1.InspectionService/ListAccessRecords"] = Auditor,
    }.ToFrozenDictionary();

    public static bool IsOpen(string method) =>
        method.LastIndexOf('/') is var end and > 1 && OpenServices.Contains(method[1..end]);

    public static bool Allows(string method, string? role) =>
        role is not null && RoleOf.TryGetValue(method, out var needed) && needed == role;
}
