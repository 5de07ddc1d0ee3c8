using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Identifiers of parties: form by register, and nothing about whether they were issued.</summary>
internal static class PartyIdRules
{
    private const int IdLengthMax = 35;

    public static void IdsAreValid(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        Check(note.Consignor, "consignor", findings);
        Check(note.Consignee, "consignee", findings);
        for (var index = 0; index < note.Carriers.Length; index++)
        {
            if (note.Carriers[index] is { Party.Ids.IsEmpty: false } carrier)
            {
                Check(carrier.Party, $"carriers[{index}].party", findings);
            }
        }

        Check(note.Forwarder, "forwarder", findings);
        for (var index = 0; index < note.NotifyParties.Length; index++)
        {
            if (!note.NotifyParties[index].Ids.IsEmpty)
            {
                Check(note.NotifyParties[index], $"notify_parties[{index}]", findings);
            }
        }

        for (var index = 0; index < note.Items.Length; index++)
        {
            if (note.Items[index].Waste is { } waste)
            {
                Check(waste.Arranger, $"items[{index}].waste.arranger", findings);
                Check(waste.Producer, $"items[{index}].waste.producer", findings);
                Check(waste.Facility, $"items[{index}].waste.facility", findings);
            }
        }
    }

    private static void Check(Party? party, string field, List<Finding> findings)
    {
        if (party is null)
        {
            return;
        }

        Span<char> buffer = stackalloc char[IdLengthMax];
        for (var index = 0; index < party.Ids.Length; index++)
        {
            var id = party.Ids[index];
            if (id.Scheme == PartyIdScheme.Unspecified)
            {
                findings.Add(new(RuleCodes.PartyId, Severity.Error, $"{field}.ids[{index}].scheme",
                    "State the register that issued the identifier."));
            }
            else if (Problem(id.Scheme, PartyIdForms.Normalise(id.Value, buffer)) is { } problem)
            {
                findings.Add(new(
                    RuleCodes.PartyId, problem.Severity, $"{field}.ids[{index}].value", problem.Message));
            }
        }
    }

    private static (Severity Severity, string Message)? Problem(PartyIdScheme scheme, ReadOnlySpan<char> id)
    {
        if (scheme is PartyIdScheme.Eori or PartyIdScheme.Vat && !HasCountry(id))
        {
            return (Severity.Error, "Must start with the code of a country; EL and XI are allowed.");
        }

        var holds = scheme switch
        {
            PartyIdScheme.Eori => PartyIdForms.IsEori(id),
            PartyIdScheme.Vat => VatForms.Fits(id),
            PartyIdScheme.Kvk => PartyIdForms.IsKvk(id),
            PartyIdScheme.Lei => PartyIdForms.IsLei(id),
            PartyIdScheme.Vihb => PartyIdForms.IsVihb(id),
            _ => id.Length > 0,
        };
        return holds ? null : (Severity.Warning, "The identifier has not the form of its register.");
    }

    private static bool HasCountry(ReadOnlySpan<char> id) =>
        id.Length >= 2 && (id[..2] is "EL" or "XI" || Countries.Contains(id[..2]));
}
