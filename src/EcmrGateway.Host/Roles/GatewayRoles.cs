using System.Collections.Frozen;
using EcmrGateway.Ledger;

namespace EcmrGateway.Host.Roles;

/// <summary>Parts of the gateway that this process plays: setting "Roles", or --roles, separated by commas.</summary>
/// <param name="Ingress">Takes in consignment notes.</param>
/// <param name="Relay">Hands facts on to the stream; with the embedded stream there is nothing to hand on.</param>
/// <param name="Scoring">Scores facts and keeps the rankings.</param>
/// <param name="Inspection">Answers inspectors.</param>
public sealed record GatewayRoles(bool Ingress, bool Relay, bool Scoring, bool Inspection)
{
    public const string Setting = "Roles";

    private static readonly FrozenSet<string> Known =
        new[] { "ingress", "relay", "scoring", "inspection" }.ToFrozenSet();

    /// <summary>Who takes in notes or relays facts has no business with profiles and rankings.</summary>
    public bool UsesHotStore => Scoring || Inspection;

    /// <summary>Whether callers come with tokens and what they do is signed; relay and scoring only read facts.
    /// </summary>
    public bool AnswersCallers => Access is LedgerAccess.Append;

    /// <summary>What these roles do with the ledger.</summary>
    public LedgerAccess Access => LedgerAccessRule.Of(Names);

    /// <summary>Of the roles that are played.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            (string Name, bool IsPlayed)[] all =
                [("ingress", Ingress), ("relay", Relay), ("scoring", Scoring), ("inspection", Inspection)];
            return all.Where(role => role.IsPlayed).Select(role => role.Name);
        }
    }

    /// <exception cref="SettingException">A role is not known, or none is named.</exception>
    public static GatewayRoles Read(IConfiguration configuration)
    {
        var named = (configuration[Setting] ?? string.Join(',', Known))
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.Ordinal);
        var unknown = named.Except(Known).Order().ToList();
        if (unknown.Count > 0 || named.Count == 0)
        {
            throw new SettingException(
                $"{Setting} names {(named.Count == 0 ? "no role" : string.Join(", ", unknown))}; "
                + "choose from ingress, relay, scoring, inspection.");
        }

        return new(
            named.Contains("ingress"), named.Contains("relay"), named.Contains("scoring"),
            named.Contains("inspection"));
    }
}
