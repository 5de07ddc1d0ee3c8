using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Rules;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>What came of reading a note.</summary>
/// <param name="Note">
/// What could be read. Null: there was no message. With an error among the findings it lacks what could not be read: it
/// is good for finding more faults, and not to be recorded.
/// </param>
/// <param name="Findings">Errors only, in the order of the schema, at most 100.</param>
public readonly record struct NoteReadResult(ConsignmentNote? Note, IReadOnlyList<Finding> Findings);

/// <summary>
/// From the wire to the domain: parses everything once, and reports everything that cannot be read at once.
/// </summary>
/// <remarks>
/// Limits of text and lists are those of the schema's comments; text without one there has at most 70 characters, and
/// lists of messages 50 entries. Nothing is trimmed or changed: what was read is the content that is recorded.
/// </remarks>
public static class NoteReader
{
    public static NoteReadResult Read(Wire.ConsignmentNote? note)
    {
        var reading = new Reading();
        if (note is null)
        {
            reading.Report(RuleCodes.NotReadable, "", "There is no note.");
            return new(null, reading.Findings);
        }

        var header = ReadHeader(note, reading);
        var parties = ReadParties(note, reading, header);
        return new(ReadGoods(note, reading, parties), reading.Findings);
    }

    private static ConsignmentNote ReadHeader(Wire.ConsignmentNote wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            NoteId = reading.NoteId("note_id", wire.NoteId),
            NoteNumber = reading.NoteNumber("note_number", wire.NoteNumber),
            Version = reading.Count("version", wire.Version),
            Profiles = reading.Codes("profiles", wire.Profiles, NoteProfile.Animals),
            Status = reading.Code("status", (int)wire.Status, NoteStatus.Replaced),
            DocumentTypeCode = reading.Text("document_type_code", wire.DocumentTypeCode, 70),
            Issue = reading.One("issue", wire.Issue, HeaderReader.Issue),
            Language = reading.Language("language", wire.Language),
            CmrClause = wire.CmrClause,
            CmrClauseText = reading.Text("cmr_clause_text", wire.CmrClauseText, 512),
            Procedures = reading.One("procedures", wire.Procedures, HeaderReader.Procedures),
            RightsHolder = reading.Code("rights_holder", (int)wire.RightsHolder, RightsHolder.Consignee),
            DangerousGoodsIndicator = wire.HasDangerousGoodsIndicator ? wire.DangerousGoodsIndicator : null,
            TransshipmentPermitted = wire.HasTransshipmentPermitted ? wire.TransshipmentPermitted : null,
            AgreedTimeLimit = reading.Moment("agreed_time_limit", wire.AgreedTimeLimit),
            CashOnDelivery = reading.Money("cash_on_delivery", wire.CashOnDelivery),
            DeclaredValue = reading.Money("declared_value", wire.DeclaredValue),
            SpecialInterest = reading.Money("special_interest", wire.SpecialInterest),
            InsuranceInstructions = reading.Text("insurance_instructions", wire.InsuranceInstructions, 256),
            CustomsInstructions = reading.Text("customs_instructions", wire.CustomsInstructions, 2000),
            OtherInstructions = reading.Text("other_instructions", wire.OtherInstructions, 2000),
            SpecialAgreements = reading.Text("special_agreements", wire.SpecialAgreements, 2000),
            Route = reading.Text("route", wire.Route, 256),
            BorderCrossings = reading.Many("border_crossings", wire.BorderCrossings, 20, HeaderReader.Place),
        };
    }

    private static ConsignmentNote ReadParties(Wire.ConsignmentNote wire, Reading reading, ConsignmentNote header) =>
        header with
        {
            Consignor = reading.One("consignor", wire.Consignor, PartyReader.Party),
            Consignee = reading.One("consignee", wire.Consignee, PartyReader.Party),
            Carriers = reading.Many("carriers", wire.Carriers, 20, PartyReader.Carrier),
            Forwarder = reading.One("forwarder", wire.Forwarder, PartyReader.Party),
            NotifyParties = reading.Many("notify_parties", wire.NotifyParties, 10, PartyReader.Party),
            TakingOver = reading.One("taking_over", wire.TakingOver, TransportReader.TakingOver),
            Delivery = reading.One("delivery", wire.Delivery, TransportReader.Delivery),
        };

    private static ConsignmentNote ReadGoods(Wire.ConsignmentNote wire, Reading reading, ConsignmentNote parties) =>
        parties with
        {
            Items = reading.Many("items", wire.Items, 200, GoodsReader.Item),
            TotalGrossMass = reading.Measure("total_gross_mass", wire.TotalGrossMass, MeasureKind.Mass),
            Legs = reading.Many("legs", wire.Legs, 20, TransportReader.Leg),
            Equipment = reading.Many("equipment", wire.Equipment, 20, TransportReader.Equipment),
            Seals = reading.Many("seals", wire.Seals, 50, TransportReader.Seal),
            Driver = reading.One("driver", wire.Driver, TransportReader.Driver),
            Animals = reading.One("animals", wire.Animals, TransportReader.Animals),
            Documents = reading.Many("documents", wire.Documents, 50, PaperReader.Document),
            Charges = reading.Many("charges", wire.Charges, 50, PaperReader.Charge),
            ChargesAsAgreed = wire.ChargesAsAgreed,
            Events = reading.Many("events", wire.Events, 200, EventReader.NoteEvent),
            Signatures = reading.Many("signatures", wire.Signatures, 20, EventReader.Signature),
            ReservationsComplete = wire.ReservationsComplete,
            Reservations = reading.Many("reservations", wire.Reservations, 50, PartyReader.Reservation),
        };
}
