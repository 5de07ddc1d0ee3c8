using System.Buffers;
using System.Security.Cryptography;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <summary>The one spelling of a note's content: RFC 8785 (JCS) over the proto3 JSON mapping of its message.</summary>
/// <remarks>
/// Two submissions are the same content where these bytes are equal. What may differ in the message and not here:
/// trailing and leading zeros of decimals, and coordinates beyond six decimals. Only for a note that was read without
/// errors: what could not be read is not in it.
/// </remarks>
public static class CanonicalNote
{
    public static byte[] Write(ConsignmentNote note)
    {
        var json = new JcsWriter();
        try
        {
            json.Object(note, Members);
            return json.Written.ToArray();
        }
        finally
        {
            json.Dispose();
        }
    }

    public static void Write(ConsignmentNote note, IBufferWriter<byte> destination)
    {
        var json = new JcsWriter();
        try
        {
            json.Object(note, Members);
            destination.Write(json.Written);
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>Hash of the canonical bytes: 32 bytes.</summary>
    public static byte[] Sha256(ConsignmentNote note)
    {
        var json = new JcsWriter();
        try
        {
            json.Object(note, Members);
            return SHA256.HashData(json.Written);
        }
        finally
        {
            json.Dispose();
        }
    }

    private static void Members(ConsignmentNote value, ref JcsWriter json)
    {
        AgreedTimeLimitToIssue(value, ref json);
        ItemsToVersion(value, ref json);
    }

    private static void AgreedTimeLimitToIssue(ConsignmentNote value, ref JcsWriter json)
    {
        json.Moment("agreedTimeLimit"u8, value.AgreedTimeLimit);
        json.One("animals"u8, value.Animals, CanonicalTransport.Animals);
        json.Many("borderCrossings"u8, value.BorderCrossings, CanonicalHeader.Place);
        json.Many("carriers"u8, value.Carriers, CanonicalParties.Carrier);
        json.Money("cashOnDelivery"u8, value.CashOnDelivery);
        json.Many("charges"u8, value.Charges, CanonicalPapers.Charge);
        json.Flag("chargesAsAgreed"u8, value.ChargesAsAgreed);
        json.Flag("cmrClause"u8, value.CmrClause);
        json.Text("cmrClauseText"u8, value.CmrClauseText);
        json.One("consignee"u8, value.Consignee, CanonicalParties.Party);
        json.One("consignor"u8, value.Consignor, CanonicalParties.Party);
        json.Text("customsInstructions"u8, value.CustomsInstructions);
        json.Flag("dangerousGoodsIndicator"u8, value.DangerousGoodsIndicator);
        json.Money("declaredValue"u8, value.DeclaredValue);
        json.One("delivery"u8, value.Delivery, CanonicalTransport.Delivery);
        json.Text("documentTypeCode"u8, value.DocumentTypeCode);
        json.Many("documents"u8, value.Documents, CanonicalPapers.Document);
        json.One("driver"u8, value.Driver, CanonicalTransport.Driver);
        json.Many("equipment"u8, value.Equipment, CanonicalTransport.Equipment);
        json.Many("events"u8, value.Events, CanonicalEvents.NoteEvent);
        json.One("forwarder"u8, value.Forwarder, CanonicalParties.Party);
        json.Text("insuranceInstructions"u8, value.InsuranceInstructions);
        json.One("issue"u8, value.Issue, CanonicalHeader.Issue);
    }

    private static void ItemsToVersion(ConsignmentNote value, ref JcsWriter json)
    {
        json.Many("items"u8, value.Items, CanonicalGoods.Item);
        json.Text("language"u8, value.Language);
        json.Many("legs"u8, value.Legs, CanonicalTransport.Leg);
        json.Id("noteId"u8, value.NoteId.Value);
        json.Text("noteNumber"u8, value.NoteNumber);
        json.Many("notifyParties"u8, value.NotifyParties, CanonicalParties.Party);
        json.Text("otherInstructions"u8, value.OtherInstructions);
        json.One("procedures"u8, value.Procedures, CanonicalHeader.Procedures);
        json.Codes("profiles"u8, value.Profiles, EnumNames.NoteProfile);
        json.Many("reservations"u8, value.Reservations, CanonicalParties.Reservation);
        json.Flag("reservationsComplete"u8, value.ReservationsComplete);
        json.Code("rightsHolder"u8, value.RightsHolder, EnumNames.RightsHolder);
        json.Text("route"u8, value.Route);
        json.Many("seals"u8, value.Seals, CanonicalTransport.Seal);
        json.Many("signatures"u8, value.Signatures, CanonicalEvents.Signature);
        json.Text("specialAgreements"u8, value.SpecialAgreements);
        json.Money("specialInterest"u8, value.SpecialInterest);
        json.Code("status"u8, value.Status, EnumNames.NoteStatus);
        json.One("takingOver"u8, value.TakingOver, CanonicalTransport.TakingOver);
        json.Measure("totalGrossMass"u8, value.TotalGrossMass);
        json.Flag("transshipmentPermitted"u8, value.TransshipmentPermitted);
        json.Number("version"u8, value.Version);
    }
}
