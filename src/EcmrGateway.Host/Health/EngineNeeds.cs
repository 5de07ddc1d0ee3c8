using EcmrGateway.Host.Roles;
using EcmrGateway.Ingress;
using EcmrGateway.Inspection;

namespace EcmrGateway.Host.Health;

/// <summary>Which engines a role cannot do without. The README shows the same as a table.</summary>
/// <remarks>
/// What takes in notes needs the ledger alone: facts wait there for a stream or a hot store that is away. Inspection
/// answers without the hot store from what it read last; copies that all said NOT_SERVING would answer nothing.
/// </remarks>
internal static class EngineNeeds
{
    public const string Ledger = "ledger";

    /// <summary>Kafka; a stream that is the ledger's own tail is no engine.</summary>
    public const string Stream = "stream";

    public const string HotStore = "hot-store";

    public static readonly string[] Engines = [Ledger, Stream, HotStore];

    /// <summary>Roles by the names under which gRPC health tells of them.</summary>
    public static Dictionary<string, HashSet<string>> Of(GatewayRoles roles)
    {
        var needs = new Dictionary<string, HashSet<string>>();
        Add(roles.Ingress, IngressRegistration.ServiceName, Ledger);
        Add(roles.Inspection, InspectionRegistration.ServiceName, Ledger);
        Add(roles.Relay, "relay", Ledger, Stream);
        Add(roles.Scoring, "scoring", Ledger, Stream, HotStore);
        return needs;

        void Add(bool played, string name, params HashSet<string> engines)
        {
            if (played)
            {
                needs.Add(name, engines);
            }
        }
    }

    /// <summary>What a process as a whole cannot do without: engines that every role of it needs.</summary>
    /// <remarks>So a process with all roles goes on taking in notes while only the hot store is away.</remarks>
    public static HashSet<string> OfAll(IEnumerable<IEnumerable<string>> needs) =>
        needs.Aggregate(Engines.ToHashSet(), (common, engines) => [.. common.Intersect(engines)]);
}
