using EcmrGateway.Doctor;
using EcmrGateway.Host.Identity;
using EcmrGateway.Host.Roles;
using EcmrGateway.Host.Shutdown;
using EcmrGateway.Host.Telemetry;
using EcmrGateway.HotStore;
using EcmrGateway.Ingress;
using EcmrGateway.Inspection;
using EcmrGateway.Ledger;
using EcmrGateway.Scoring;
using EcmrGateway.Streaming;

namespace EcmrGateway.Host;

/// <summary>A setting under a misspelt name would do nothing, and nobody would notice.</summary>
internal static class KnownSettings
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        (LedgerOptions.Section, typeof(LedgerOptions)), (StreamOptions.Section, typeof(StreamOptions)),
        (HotStoreOptions.Section, typeof(HotStoreOptions)), (IngressOptions.Section, typeof(IngressOptions)),
        (ScoringOptions.Section, typeof(ScoringOptions)), (InspectionOptions.Section, typeof(InspectionOptions)),
        (IdentityOptions.Section, typeof(IdentityOptions)), (ShutdownOptions.Section, typeof(ShutdownOptions)),
        (TelemetryOptions.Section, typeof(TelemetryOptions)),
    ];

    /// <exception cref="SettingException">A section of the gateway has a name that it does not know.</exception>
    public static void Check(IConfiguration configuration)
    {
        var unknown = SettingNames.Unknown(configuration, Sections).ToList();
        if (unknown.Count > 0)
        {
            throw new SettingException(string.Join(" ", unknown));
        }
    }
}
