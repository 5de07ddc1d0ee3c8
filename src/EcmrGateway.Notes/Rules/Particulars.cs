using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Particulars that a body of rules asks for.</summary>
[Flags]
internal enum Particulars
{
    None = 0,
    Issue = 1,
    Consignor = 1 << 1,
    Carrier = 1 << 2,
    TakingOver = 1 << 3,
    Delivery = 1 << 4,
    Consignee = 1 << 5,
    Description = 1 << 6,
    Packing = 1 << 7,
    PackageCount = 1 << 8,
    Marks = 1 << 9,
    Mass = 1 << 10,

    /// <summary>What the Convention alone asks for: charges, customs instructions, its clause and its scope.</summary>
    Convention = 1 << 11,
}

/// <summary>Which particulars a note needs: those of all its profiles together.</summary>
/// <remarks>
/// CMR art. 6(1). Regulation No 11 (1960) art. 6(1): consignor, goods and weight, acceptance, delivery. Cabotage:
/// Regulation (EC) No 1072/2009 art. 8(3). Dutch national note: sender, carrier, consignee, description and mass. ADR,
/// waste and animals add particulars to one of these and do not replace it: a note that names none of the four is CMR.
/// </remarks>
internal static class RequiredParticulars
{
    private const Particulars DutchDomestic =
        Particulars.Consignor | Particulars.Carrier | Particulars.Consignee | Particulars.Description
        | Particulars.Mass;

    private const Particulars Regulation11 =
        Particulars.Consignor | Particulars.Description | Particulars.Mass | Particulars.TakingOver
        | Particulars.Delivery;

    private const Particulars Cabotage =
        DutchDomestic | Regulation11 | Particulars.Packing | Particulars.PackageCount | Particulars.Marks;

    private const Particulars Cmr = Cabotage | Particulars.Issue | Particulars.Convention;

    public static bool Requires(this ConsignmentNote note, Particulars particular) => (Of(note) & particular) != 0;

    private static Particulars Of(ConsignmentNote note)
    {
        var required = Particulars.None;
        foreach (var profile in note.Profiles)
        {
            required |= profile switch
            {
                NoteProfile.Unspecified or NoteProfile.Cmr => Cmr,
                NoteProfile.EuReg11 => Regulation11,
                NoteProfile.Cabotage => Cabotage,
                NoteProfile.NlDomestic => DutchDomestic,
                _ => Particulars.None,
            };
        }

        return required == Particulars.None ? Cmr : required;
    }
}
