using System.Collections.Immutable;

namespace EcmrGateway.Notes.Note;

/// <summary>A carrier and its part in the carriage.</summary>
public sealed record Carrier
{
    /// <summary>Who the carrier is.</summary>
    public Party? Party { get; init; }

    /// <summary>
    /// Its part. Unspecified is read as contracting for the first and successive for the others. eFTI88.
    /// </summary>
    public CarrierRole Role { get; init; }

    /// <summary>Place in the order of carriers, from 0, without gaps.</summary>
    public int Sequence { get; init; }

    /// <summary>
    /// Community licence for hire-or-reward international transport, Regulation (EC) No 1072/2009 art. 4. eFTI1169.
    /// </summary>
    public CommunityLicence? CommunityLicence { get; init; }

    /// <summary>Dutch waste carrier's registration: 6 digits and 4 of V I H B X.</summary>
    public string Vihb { get; init; } = "";

    /// <summary>Hand-over to this carrier by the one before, art. 35. Absent for the first.</summary>
    public Handover? Handover { get; init; }
}

/// <summary>Community licence.</summary>
public sealed record CommunityLicence
{
    /// <summary>Issuing country, ISO 3166-1 alpha-2.</summary>
    public CountryCode? Country { get; init; }

    /// <summary>Number of the licence; at most 35 characters.</summary>
    public string Number { get; init; } = "";

    /// <summary>Serial number of the certified true copy in the vehicle; at most 35 characters.</summary>
    public string TrueCopy { get; init; } = "";
}

/// <summary>Hand-over from one carrier to the next, art. 35.</summary>
public sealed record Handover
{
    /// <summary>Where.</summary>
    public Place? Place { get; init; }

    /// <summary>When.</summary>
    public Moment? Time { get; init; }

    /// <summary>Dated and signed receipt to the previous carrier.</summary>
    public Signature? ReceiptSignature { get; init; }

    /// <summary>Reservations of the carrier that takes over; at most 50.</summary>
    public ImmutableArray<Reservation> Reservations { get; init; } = [];
}
