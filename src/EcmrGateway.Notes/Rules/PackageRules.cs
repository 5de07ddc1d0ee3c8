using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Packages: method of packing, number and marks. CMR art. 6(1)(f) and (g).</summary>
internal static class PackageRules
{
    public static void TypesAreKnown(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        var required = note.Requires(Particulars.Packing);
        for (var index = 0; index < note.Items.Length; index++)
        {
            var item = note.Items[index];
            if ((required || item.PackageType.Length > 0) && !IsKnown(item.PackageType))
            {
                findings.Add(new(RuleCodes.PackageType, Severity.Error, $"items[{index}].package_type",
                    "State the method of packing as a code of UN/ECE Recommendation 21 that is in use, as \"PX\"."));
            }

            for (var line = 0; line < item.DangerousGoods.Length; line++)
            {
                var type = item.DangerousGoods[line].PackageType;
                if (type.Length > 0 && !IsKnown(type))
                {
                    findings.Add(new(RuleCodes.PackageType, Severity.Error,
                        $"items[{index}].dangerous_goods[{line}].package_type",
                        "Not a code of UN/ECE Recommendation 21 that is in use."));
                }
            }
        }
    }

    public static void CountsArePresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        var least = note.Requires(Particulars.PackageCount) ? 1 : 0;
        for (var index = 0; index < note.Items.Length; index++)
        {
            var item = note.Items[index];
            if (item.PackageCount < 0 || (item.PackageCount < least && !Packages.IsBulk(item.PackageType)))
            {
                findings.Add(new(RuleCodes.PackageCount, Severity.Error, $"items[{index}].package_count",
                    "State the number of packages; nought is for goods in bulk or unpacked (NE, V*) only."));
            }
        }
    }

    public static void MarksArePresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (!note.Requires(Particulars.Marks))
        {
            return;
        }

        for (var index = 0; index < note.Items.Length; index++)
        {
            var item = note.Items[index];
            if (item.Marks.IsEmpty && !Packages.IsBulk(item.PackageType))
            {
                findings.Add(new(RuleCodes.Marks, Severity.Warning, $"items[{index}].marks",
                    "State the special marks and numbers of the packages."));
            }
        }
    }

    private static bool IsKnown(string code) =>
        Packages.All.StatusOf(code) is CodeStatus.Active or CodeStatus.Deprecated;
}
