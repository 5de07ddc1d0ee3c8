using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <summary>
/// Times and places of the carriage, vehicles, equipment and driver. Members stand in the order of their names.
/// </summary>
internal static class CanonicalTransport
{
    public static void TakingOver(TakingOver value, ref JcsWriter json)
    {
        json.Moment("actualTime"u8, value.ActualTime);
        json.Moment("arrivedTime"u8, value.ArrivedTime);
        json.Flag("checked"u8, value.Checked);
        json.Moment("departedTime"u8, value.DepartedTime);
        json.One("place"u8, value.Place, CanonicalHeader.Place);
        json.Moment("plannedTime"u8, value.PlannedTime);
    }

    public static void Delivery(Delivery value, ref JcsWriter json)
    {
        json.Moment("actualTime"u8, value.ActualTime);
        json.Moment("arrivedTime"u8, value.ArrivedTime);
        json.Moment("departedTime"u8, value.DepartedTime);
        json.One("place"u8, value.Place, CanonicalHeader.Place);
        json.Moment("plannedTime"u8, value.PlannedTime);
    }

    public static void Leg(Leg value, ref JcsWriter json)
    {
        json.Number("carrierSequence"u8, value.CarrierSequence);
        json.Moment("endTime"u8, value.EndTime);
        json.One("from"u8, value.From, CanonicalHeader.Place);
        json.Text("mode"u8, value.Mode);
        json.Moment("startTime"u8, value.StartTime);
        json.One("to"u8, value.To, CanonicalHeader.Place);
        json.Many("trailers"u8, value.Trailers, Trailer);
        json.One("vehicle"u8, value.Vehicle, Vehicle);
    }

    public static void Vehicle(Vehicle value, ref JcsWriter json)
    {
        json.Number("axles"u8, value.Axles);
        json.Text("country"u8, value.Country?.Value);
        json.Number("maxMassKg"u8, value.MaxMassKg);
        json.Text("plate"u8, value.Registration?.Raw);
        json.Text("typeCode"u8, value.TypeCode);
    }

    public static void Trailer(Trailer value, ref JcsWriter json)
    {
        json.Text("categoryCode"u8, value.CategoryCode);
        json.Text("country"u8, value.Country?.Value);
        json.Text("plate"u8, value.Registration?.Raw);
        json.Number("sequence"u8, value.Sequence);
    }

    public static void Equipment(TransportEquipment value, ref JcsWriter json)
    {
        json.Text("carriedOn"u8, value.CarriedOn);
        json.Text("categoryCode"u8, value.CategoryCode);
        json.Text("id"u8, value.Id);
        json.Number("sequence"u8, value.Sequence);
        json.Text("sizeType"u8, value.SizeType);
    }

    public static void Seal(Seal value, ref JcsWriter json)
    {
        json.Text("condition"u8, value.Condition);
        json.Text("number"u8, value.Number);
        json.Text("party"u8, value.Party);
    }

    public static void Driver(Driver value, ref JcsWriter json)
    {
        json.Text("adrCertificateNo"u8, value.AdrCertificateNo);
        json.Text("attestationNo"u8, value.AttestationNo);
        json.Text("name"u8, value.Name);
    }

    public static void Animals(Animals value, ref JcsWriter json)
    {
        json.Number("count"u8, value.Count);
        json.Moment("departureTime"u8, value.DepartureTime);
        json.Number("expectedDurationMinutes"u8, value.ExpectedDurationMinutes);
        json.Text("journeyLogNo"u8, value.JourneyLogNo);
        json.Text("ownership"u8, value.Ownership);
        json.Text("species"u8, value.Species);
        json.Text("transporterAuthorisation"u8, value.TransporterAuthorisation);
    }
}
