using EcmrGateway.Notes.Note;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>Reads times and places of the carriage, vehicles, equipment and driver.</summary>
internal static class TransportReader
{
    public static TakingOver TakingOver(Wire.TakingOver wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Place = reading.One("place", wire.Place, HeaderReader.Place),
            PlannedTime = reading.Moment("planned_time", wire.PlannedTime),
            ActualTime = reading.Moment("actual_time", wire.ActualTime),
            ArrivedTime = reading.Moment("arrived_time", wire.ArrivedTime),
            DepartedTime = reading.Moment("departed_time", wire.DepartedTime),
            Checked = wire.HasChecked ? wire.Checked : null,
        };
    }

    public static Delivery Delivery(Wire.Delivery wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Place = reading.One("place", wire.Place, HeaderReader.Place),
            PlannedTime = reading.Moment("planned_time", wire.PlannedTime),
            ActualTime = reading.Moment("actual_time", wire.ActualTime),
            ArrivedTime = reading.Moment("arrived_time", wire.ArrivedTime),
            DepartedTime = reading.Moment("departed_time", wire.DepartedTime),
        };
    }

    public static Leg Leg(Wire.Leg wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Mode = reading.Text("mode", wire.Mode, 70),
            Vehicle = reading.One("vehicle", wire.Vehicle, Vehicle),
            Trailers = reading.Many("trailers", wire.Trailers, 5, Trailer),
            From = reading.One("from", wire.From, HeaderReader.Place),
            To = reading.One("to", wire.To, HeaderReader.Place),
            StartTime = reading.Moment("start_time", wire.StartTime),
            EndTime = reading.Moment("end_time", wire.EndTime),
            CarrierSequence = reading.Count("carrier_sequence", wire.CarrierSequence),
        };
    }

    public static Vehicle Vehicle(Wire.Vehicle wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Registration = reading.Plate("plate", wire.Plate, wire.Country),
            Country = reading.Country("country", wire.Country),
            TypeCode = reading.Text("type_code", wire.TypeCode, 70),
            MaxMassKg = reading.Count("max_mass_kg", wire.MaxMassKg),
            Axles = reading.Count("axles", wire.Axles),
        };
    }

    public static Trailer Trailer(Wire.Trailer wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Registration = reading.Plate("plate", wire.Plate, wire.Country),
            Country = reading.Country("country", wire.Country),
            CategoryCode = reading.Text("category_code", wire.CategoryCode, 70),
            Sequence = reading.Count("sequence", wire.Sequence),
        };
    }

    public static TransportEquipment Equipment(Wire.TransportEquipment wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Id = reading.Text("id", wire.Id, 70),
            CategoryCode = reading.Text("category_code", wire.CategoryCode, 70),
            CarriedOn = reading.Text("carried_on", wire.CarriedOn, 70),
            Sequence = reading.Count("sequence", wire.Sequence),
            SizeType = reading.Text("size_type", wire.SizeType, 70),
        };
    }

    public static Seal Seal(Wire.Seal wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Number = reading.Text("number", wire.Number, 70),
            Condition = reading.Text("condition", wire.Condition, 35),
            Party = reading.Text("party", wire.Party, 70),
        };
    }

    public static Driver Driver(Wire.Driver wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Name = reading.Text("name", wire.Name, 140),
            AttestationNo = reading.Text("attestation_no", wire.AttestationNo, 35),
            AdrCertificateNo = reading.Text("adr_certificate_no", wire.AdrCertificateNo, 35),
        };
    }

    public static Animals Animals(Wire.Animals wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Species = reading.Text("species", wire.Species, 70),
            Count = reading.Count("count", wire.Count),
            Ownership = reading.Text("ownership", wire.Ownership, 256),
            DepartureTime = reading.Moment("departure_time", wire.DepartureTime),
            ExpectedDurationMinutes = reading.Count("expected_duration_minutes", wire.ExpectedDurationMinutes),
            TransporterAuthorisation = reading.Text("transporter_authorisation", wire.TransporterAuthorisation, 35),
            JourneyLogNo = reading.Text("journey_log_no", wire.JourneyLogNo, 35),
        };
    }
}
