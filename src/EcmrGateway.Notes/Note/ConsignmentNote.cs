using System.Collections.Immutable;

namespace EcmrGateway.Notes.Note;

/// <summary>
/// An electronic consignment note: the contract of carriage by road of the CMR Convention (Geneva 1956), in the
/// electronic form of its Additional Protocol (e-CMR, Geneva 2008). Article numbers without a name are the CMR's. A
/// field that is absent is "not stated"; nothing is assumed in its place.
/// </summary>
public sealed record ConsignmentNote
{
    /// <summary>
    /// Identifier of the note, chosen by the submitter: a UUID in lower case (RFC 9562). It never changes, and is
    /// unique among the notes of the submitter's party. Required.
    /// </summary>
    public required NoteId NoteId { get; init; }

    /// <summary>
    /// The number printed on the note; 1 to 35 of A-Z 0-9 . / -. Regulation No 11 art. 6(2) asks for numbered
    /// documents. eFTI170.
    /// </summary>
    public string NoteNumber { get; init; } = "";

    /// <summary>
    /// Revision of the content, counted from 1; 0 is read as 1. Every amendment raises it by one (e-CMR art. 4(4)).
    /// </summary>
    public int Version { get; init; }

    /// <summary>Bodies of rules that the note is to be checked against. Empty is read as CMR alone.</summary>
    public ImmutableArray<NoteProfile> Profiles { get; init; } = [];

    /// <summary>
    /// What the submitter's system holds the note's state to be. Unspecified is read as issued; a draft is refused.
    /// </summary>
    public NoteStatus Status { get; init; }

    /// <summary>
    /// Type of document, UNTDID 1001: 730 for a road consignment note, and 730 when absent. eFTI169.
    /// </summary>
    public string DocumentTypeCode { get; init; } = "";

    /// <summary>Date and place where the note was made out, art. 6(1)(a). Required.</summary>
    public Issue? Issue { get; init; }

    /// <summary>Language of the free text, ISO 639-1 in lower case, as "nl".</summary>
    public string Language { get; init; } = "";

    /// <summary>
    /// That the carriage is subject, notwithstanding any clause to the contrary, to the CMR Convention, art.
    /// 6(1)(k). Required to be true where the profile is CMR; leaving it out makes the carrier liable, art. 7(3).
    /// eFTI1177.
    /// </summary>
    public bool CmrClause { get; init; }

    /// <summary>Wording of that statement, where the parties use their own; at most 512 characters.</summary>
    public string CmrClauseText { get; init; } = "";

    /// <summary>
    /// The procedures that the parties agreed for the electronic note, e-CMR art. 5. Absence is reported, not
    /// refused.
    /// </summary>
    public ElectronicProcedures? Procedures { get; init; }

    /// <summary>
    /// Who may dispose of the goods, art. 12. Unspecified is read as the sender, as the Convention has it.
    /// </summary>
    public RightsHolder RightsHolder { get; init; }

    /// <summary>
    /// Whether goods travel that must be declared as dangerous: eFTI1451. It is false for goods exempted from the
    /// information duty, so it is not the same as "no dangerous goods lines". Absent: not stated.
    /// </summary>
    public bool? DangerousGoodsIndicator { get; init; }

    /// <summary>Whether the goods may be trans-shipped, art. 6(2)(a), eFTI857. Absent: not stated.</summary>
    public bool? TransshipmentPermitted { get; init; }

    /// <summary>Agreed time-limit within which the carriage is to be carried out, art. 6(2)(f). eFTI1180.</summary>
    public Moment? AgreedTimeLimit { get; init; }

    /// <summary>Amount to be collected on delivery, art. 6(2)(c). eFTI854.</summary>
    public Money? CashOnDelivery { get; init; }

    /// <summary>Declared value of the goods, art. 6(2)(d) and 24. eFTI1149.</summary>
    public Money? DeclaredValue { get; init; }

    /// <summary>Amount of the special interest in delivery, art. 6(2)(d) and 26.</summary>
    public Money? SpecialInterest { get; init; }

    /// <summary>
    /// Sender's instructions to the carrier on insurance, art. 6(2)(e); at most 256 characters. eFTI856.
    /// </summary>
    public string InsuranceInstructions { get; init; } = "";

    /// <summary>
    /// Instructions for customs and other formalities, art. 6(1)(j); at most 2000 characters. eFTI965.
    /// </summary>
    public string CustomsInstructions { get; init; } = "";

    /// <summary>Other instructions of the sender; at most 2000 characters. eFTI858.</summary>
    public string OtherInstructions { get; init; } = "";

    /// <summary>Special agreements between the parties, art. 6(3); at most 2000 characters. eFTI1309.</summary>
    public string SpecialAgreements { get; init; } = "";

    /// <summary>
    /// Route or distance where it justifies another rate, Regulation No 11 art. 6(1); at most 256 characters.
    /// eFTI933.
    /// </summary>
    public string Route { get; init; } = "";

    /// <summary>
    /// Frontier crossing points where appropriate, Regulation No 11 art. 6(1); at most 20. eFTI1268.
    /// </summary>
    public ImmutableArray<Place> BorderCrossings { get; init; } = [];

    /// <summary>Who hands over the goods: the sender of art. 6(1)(b). Required.</summary>
    public Party? Consignor { get; init; }

    /// <summary>Who is to receive them, art. 6(1)(e). Required.</summary>
    public Party? Consignee { get; init; }

    /// <summary>
    /// The carriers in the order in which they take the goods over, art. 6(1)(c) and 34; 1 to 20. Required.
    /// </summary>
    public ImmutableArray<Carrier> Carriers { get; init; } = [];

    /// <summary>Freight forwarder, where one acts.</summary>
    public Party? Forwarder { get; init; }

    /// <summary>Parties to be told of arrival; at most 10.</summary>
    public ImmutableArray<Party> NotifyParties { get; init; } = [];

    /// <summary>
    /// Place and time at which the carrier takes over the goods, art. 6(1)(d). Place and a time are required.
    /// </summary>
    public TakingOver? TakingOver { get; init; }

    /// <summary>Place designated for delivery, art. 6(1)(d), and its times. The place is required.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>The goods, a line each; 1 to 200. Required.</summary>
    public ImmutableArray<ConsignmentItem> Items { get; init; } = [];

    /// <summary>
    /// Gross mass of the whole consignment as stated on the note; checked against the lines. eFTI41.
    /// </summary>
    public Measure? TotalGrossMass { get; init; }

    /// <summary>
    /// Parts of the carriage, one for each vehicle and pair of places (eFTI: consignment movement); at most 20.
    /// Absent until the vehicle is known: a note may be submitted before its plate.
    /// </summary>
    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>Containers, swap bodies and other equipment that carries the goods; at most 20.</summary>
    public ImmutableArray<TransportEquipment> Equipment { get; init; } = [];

    /// <summary>Seals fixed to vehicle or equipment; at most 50. eFTI442.</summary>
    public ImmutableArray<Seal> Seals { get; init; } = [];

    /// <summary>The driver. Personal data: kept with the note, never in facts, scores, logs or metrics.</summary>
    public Driver? Driver { get; init; }

    /// <summary>Particulars of a transport of live animals, Regulation (EC) No 1/2005 art. 4(1).</summary>
    public Animals? Animals { get; init; }

    /// <summary>Documents handed to the carrier or annexed, art. 6(2)(g) and 11; at most 50.</summary>
    public ImmutableArray<AttachedDocument> Documents { get; init; } = [];

    /// <summary>
    /// Charges of the carriage, art. 6(1)(i); at most 50. See charges_as_agreed for a note without amounts.
    /// </summary>
    public ImmutableArray<Charge> Charges { get; init; } = [];

    /// <summary>That charges are left out on purpose: "as agreed" or none.</summary>
    public bool ChargesAsAgreed { get; init; }

    /// <summary>What has happened to the note so far in the submitter's system, in order; at most 200.</summary>
    public ImmutableArray<NoteEvent> Events { get; init; } = [];

    /// <summary>Signatures on the note, e-CMR art. 3; at most 20.</summary>
    public ImmutableArray<Signature> Signatures { get; init; } = [];

    /// <summary>
    /// Whether the carrier's reservations were asked for and the list is complete, so that an empty list means
    /// "none" (art. 9(2)) and not "not asked".
    /// </summary>
    public bool ReservationsComplete { get; init; }

    /// <summary>Reservations of the carrier on taking over, with grounds, art. 8(2); at most 50.</summary>
    public ImmutableArray<Reservation> Reservations { get; init; } = [];
}
