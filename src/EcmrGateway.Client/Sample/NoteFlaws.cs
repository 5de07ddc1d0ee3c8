using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <summary>Makes a note wrong in one way for which a rule refuses it.</summary>
internal static class NoteFlaws
{
    private static readonly SampleFlaw[] Any =
    [
        SampleFlaw.ConsignorMissing, SampleFlaw.CountryInLowerCase, SampleFlaw.PackageTypeUnknown,
        SampleFlaw.NetAboveGross,
        SampleFlaw.ContainerCheckDigit, SampleFlaw.CmrClauseMissing, SampleFlaw.PlaceOfTakingOverMissing,
        SampleFlaw.GrossMassZero, SampleFlaw.DescriptionMissing, SampleFlaw.TotalDiffersFromLines,
    ];

    public static SampleFlaw Put(ConsignmentNote note, ref SampleRandom random)
    {
        var flaw = random.Pick<SampleFlaw>(Any);
        // Those two are asked for by the CMR Convention alone.
        if (flaw is SampleFlaw.CmrClauseMissing or SampleFlaw.PlaceOfTakingOverMissing
            && !note.Profiles.Contains(NoteProfile.Cmr))
        {
            flaw = SampleFlaw.ConsignorMissing;
        }

        Put(note, flaw, ref random);
        return flaw;
    }

    private static void Put(ConsignmentNote note, SampleFlaw flaw, ref SampleRandom random)
    {
        var item = note.Items[random.Below(note.Items.Count)];
        switch (flaw)
        {
            case SampleFlaw.ConsignorMissing:
                note.Consignor = null;
                break;
            case SampleFlaw.CountryInLowerCase:
                var address = note.Consignee.Address;
                address.Country = address.Country.ToLowerInvariant();
                break;
            case SampleFlaw.PackageTypeUnknown:
                item.PackageType = "Z9";
                break;
            case SampleFlaw.NetAboveGross:
                item.NetMass = new Measure { Value = item.GrossMass.Value + "0", Unit = "KGM" };
                break;
            case SampleFlaw.ContainerCheckDigit:
                note.Equipment.Add(new TransportEquipment { Id = WrongContainer(ref random), CategoryCode = "CN" });
                break;
            case SampleFlaw.CmrClauseMissing:
                note.CmrClause = false;
                break;
            case SampleFlaw.PlaceOfTakingOverMissing:
                note.TakingOver.Place = null;
                break;
            case SampleFlaw.GrossMassZero:
                (item.GrossMass, item.NetMass) = (GoodsComposer.Kg(0), null);
                break;
            case SampleFlaw.DescriptionMissing:
                item.Description = "";
                break;
            case SampleFlaw.TotalDiffersFromLines:
                note.TotalGrossMass = new Measure { Value = "9" + note.TotalGrossMass.Value, Unit = "KGM" };
                break;
            case SampleFlaw.None:
            default:
                throw new System.Diagnostics.UnreachableException($"flaw {flaw}");
        }
    }

    private static string WrongContainer(ref SampleRandom random)
    {
        var right = SampleNumbers.Container(ref random);
        return right[..10] + (char)('0' + ((right[10] - '0' + 1) % 10));
    }
}
