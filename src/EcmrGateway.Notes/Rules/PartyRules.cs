using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Names and addresses of the parties: CMR art. 6(1)(b), (c) and (e).</summary>
internal static class PartyRules
{
    public static void ConsignorIsPresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (note.Requires(Particulars.Consignor))
        {
            IsComplete(note.Consignor, "consignor", RuleCodes.Consignor, findings);
        }
    }

    /// <summary>The contracting carrier is the first; the others are known once they take the goods over.</summary>
    public static void CarrierIsPresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (!note.Requires(Particulars.Carrier))
        {
            return;
        }

        if (note.Carriers.IsEmpty)
        {
            findings.Add(new(RuleCodes.Carrier, Severity.Error, "carriers", "State the carrier."));
        }
        else
        {
            IsComplete(note.Carriers[0].Party, "carriers[0].party", RuleCodes.Carrier, findings);
        }
    }

    public static void ConsigneeIsPresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (note.Requires(Particulars.Consignee))
        {
            IsComplete(note.Consignee, "consignee", RuleCodes.Consignee, findings);
        }
    }

    private static void IsComplete(Party? party, string field, string code, List<Finding> findings)
    {
        if (party is null)
        {
            findings.Add(new(code, Severity.Error, field, "State the name and address of this party."));
            return;
        }

        if (string.IsNullOrWhiteSpace(party.Name))
        {
            findings.Add(new(code, Severity.Error, $"{field}.name", "State the name of this party."));
        }

        var address = party.Address;
        if (string.IsNullOrWhiteSpace(address?.Street) && string.IsNullOrWhiteSpace(address?.PostBox))
        {
            findings.Add(new(code, Severity.Error, $"{field}.address.street", "State the street or the post box."));
        }

        if (string.IsNullOrWhiteSpace(address?.City))
        {
            findings.Add(new(code, Severity.Error, $"{field}.address.city", "State the city."));
        }

        if (address?.Country is null)
        {
            findings.Add(new(code, Severity.Error, $"{field}.address.country", "State the country."));
        }
    }
}
