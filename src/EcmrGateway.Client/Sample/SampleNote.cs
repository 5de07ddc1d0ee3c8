using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <summary>Known patterns that a risk model should notice; the share of notes is told for each.</summary>
[Flags]
public enum SamplePattern
{
    None = 0,

    /// <summary>More mass than the vehicle may carry; 1 %.</summary>
    Overloaded = 1,

    /// <summary>The vehicle travels for two carriers at once, in different places; 1 %.</summary>
    SamePlateTwoCarriers = 2,

    /// <summary>The goods were taken over before the note is handed in; about 1 %, first trips only.</summary>
    LateIssue = 4,

    /// <summary>Dangerous goods that contradict ADR Table A or the note's own indicator; 1 %.</summary>
    DangerousGoodsContradiction = 8,

    /// <summary>Particulars are missing that are reported and not refused; 5 %.</summary>
    MissingParticulars = 16,

    /// <summary>No times and no coordinates at the delivery, so that the vehicle's place is uncertain; 1 %.</summary>
    UncertainPlace = 32,

    /// <summary>Handed in before the vehicle is known; 2 %.</summary>
    NoVehicle = 64,
}

/// <summary>What is wrong with a note that must be refused.</summary>
public enum SampleFlaw
{
    None,
    ConsignorMissing,
    CountryInLowerCase,
    PackageTypeUnknown,
    NetAboveGross,
    ContainerCheckDigit,
    CmrClauseMissing,
    PlaceOfTakingOverMissing,
    GrossMassZero,
    DescriptionMissing,
    TotalDiffersFromLines,
}

/// <summary>A sandbox note and what was put into it on purpose.</summary>
/// <param name="Index">Its number in the set, from 0.</param>
/// <param name="Flaw">Other than None: a rule refuses the note.</param>
public sealed record SampleNote(int Index, ConsignmentNote Note, SamplePattern Pattern, SampleFlaw Flaw);
