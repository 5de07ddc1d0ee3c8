using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Ingress.Facts;

/// <summary>Tells parties apart by the best identifier on the note, and replaces it by a pseudonym.</summary>
/// <remarks>
/// A company has several identifiers, and not every note states the same one; the order below is that of how often
/// notes state them and how surely they are one company's. A name is the last resort: it is spelled in many ways, which
/// makes one company two and so hides history, but never joins two companies of different countries.
/// </remarks>
internal static class PartyPseudonyms
{
    private static readonly PartyIdScheme[] Preference =
    [
        PartyIdScheme.Vat, PartyIdScheme.Eori, PartyIdScheme.Kvk, PartyIdScheme.Lei, PartyIdScheme.Vihb,
        PartyIdScheme.Diwass,
    ];

    /// <returns>Null: the party has neither identifier nor name.</returns>
    public static Pseudonym? Of(Pseudonymiser pseudonymiser, SubjectKind kind, Party? party)
    {
        if (party is null)
        {
            return null;
        }

        foreach (var scheme in Preference)
        {
            foreach (var id in party.Ids)
            {
                if (id.Scheme == scheme && Fold(id.Value) is { Length: > 0 } value)
                {
                    return pseudonymiser.Of(kind, $"{scheme}:{value}");
                }
            }
        }

        return Fold(party.Name) is { Length: > 0 } name
            ? pseudonymiser.Of(kind, $"name:{party.Address?.Country?.Value}:{name}")
            : null;
    }

    /// <summary>Letters and digits in upper case: "NL 1234.56.789.B01" and "nl123456789b01" are one number.</summary>
    private static string Fold(string text) => string.Create(
        text.Count(char.IsLetterOrDigit), text,
        static (folded, source) =>
        {
            var length = 0;
            foreach (var character in source)
            {
                if (char.IsLetterOrDigit(character))
                {
                    folded[length++] = char.ToUpperInvariant(character);
                }
            }
        });
}
