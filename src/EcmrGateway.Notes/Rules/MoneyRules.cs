using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Amounts, currencies and payers: CMR art. 6(2)(b) to (d).</summary>
internal static class MoneyRules
{
    public static void AmountsAreValid(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        for (var index = 0; index < note.Charges.Length; index++)
        {
            var charge = note.Charges[index];
            if (charge.Amount is not { } amount)
            {
                continue;
            }

            if (!IsValid(amount))
            {
                findings.Add(Invalid($"charges[{index}].amount"));
            }

            if (charge.Payer == Payer.Unspecified)
            {
                findings.Add(new(RuleCodes.Amounts, Severity.Error, $"charges[{index}].payer",
                    "State who pays: consignor or consignee."));
            }
        }

        IsValid(note.CashOnDelivery, "cash_on_delivery", findings);
        IsValid(note.DeclaredValue, "declared_value", findings);
        IsValid(note.SpecialInterest, "special_interest", findings);
    }

    private static void IsValid(Money? money, string field, List<Finding> findings)
    {
        if (money is { } stated && !IsValid(stated))
        {
            findings.Add(Invalid(field));
        }
    }

    private static bool IsValid(Money money) => money.Amount >= 0 && Currencies.Contains(money.Currency);

    private static Finding Invalid(string field) => new(RuleCodes.Amounts, Severity.Error, field,
        "An amount is nought or more, in a currency of ISO 4217 in upper case.");
}
