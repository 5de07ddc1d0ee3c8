using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Rules;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <content>The note's own value types: what cannot be read becomes a finding, and the value stays absent.</content>
internal sealed partial class Reading
{
    public NoteId NoteId(string field, string wire)
    {
        if (!Notes.Note.NoteId.TryParse(wire, out var id))
        {
            Report(RuleCodes.NotReadable, field, "Must be a UUID in lower case, and not the nil UUID.");
        }

        return id;
    }

    public NoteEventId? EventId(string field, string wire)
    {
        if (wire.Length == 0)
        {
            return null;
        }

        if (NoteEventId.TryParse(wire, out var id))
        {
            return id;
        }

        Report(RuleCodes.NotReadable, field, "Must be a UUID in lower case, and not the nil UUID.");
        return null;
    }

    public CountryCode? Country(string field, string wire)
    {
        if (wire.Length == 0)
        {
            return null;
        }

        if (CountryCode.TryParse(wire, out var country))
        {
            return country;
        }

        Report(RuleCodes.Country, field, "Must be a country of ISO 3166-1 alpha-2 in upper case; Greece is GR.");
        return null;
    }

    public Locode? Locode(string field, string wire)
    {
        if (wire.Length == 0)
        {
            return null;
        }

        if (Notes.Note.Locode.TryParse(wire, out var locode))
        {
            return locode;
        }

        Report(RuleCodes.Locode, field, "Must be a country of ISO 3166-1 and three of A-Z 2-9, as \"NLRTM\".");
        return null;
    }

    public UnNumber? UnNumber(string field, string wire)
    {
        if (wire.Length == 0)
        {
            return null;
        }

        if (Notes.Note.UnNumber.TryParse(wire, out var number))
        {
            return number;
        }

        Report(RuleCodes.NotReadable, field, "Must be four digits, without \"UN\".");
        return null;
    }

    public VehicleRegistration? Plate(string field, string wire, string country)
    {
        if (wire.Length == 0)
        {
            return null;
        }

        var text = Text(field, wire, VehicleRegistration.RawLengthMax);
        CountryCode? known = CountryCode.TryParse(country, out var code) ? code : null;
        if (text.Length == 0)
        {
            return null;
        }

        if (VehicleRegistration.TryParse(text, known, out var plate))
        {
            return plate;
        }

        Report(RuleCodes.Plate, field, "Must hold 1 to 17 letters and digits beside spaces, hyphens and dots.");
        return null;
    }

    public Moment? Moment(string field, Wire.Moment? wire)
    {
        if (wire is null)
        {
            return null;
        }

        RefuseUnknown(field, UnknownFields.Of(wire));
        int? offset = wire.HasUtcOffsetMinutes ? wire.UtcOffsetMinutes : null;
        if (wire.Time is { } time && Notes.Note.Moment.TryCreate(time.Seconds, time.Nanos, offset, out var moment))
        {
            RefuseUnknown(field, UnknownFields.Of(time));
            return moment;
        }

        Report(RuleCodes.NotReadable, field,
            "Must have a time of the years 1 to 9999 and an offset of at most 840 minutes.");
        return null;
    }

    public DateOnly? Date(string field, Wire.Date? wire)
    {
        if (wire is null)
        {
            return null;
        }

        RefuseUnknown(field, UnknownFields.Of(wire));
        if (wire.Year is >= 1 and <= 9999
            && wire.Month is >= 1 and <= 12
            && wire.Day >= 1
            && wire.Day <= DateTime.DaysInMonth(wire.Year, wire.Month))
        {
            return new(wire.Year, wire.Month, wire.Day);
        }

        Report(RuleCodes.NotReadable, field, "Must be a date of the calendar.");
        return null;
    }

    public Money? Money(string field, Wire.Money? wire)
    {
        if (wire is null)
        {
            return null;
        }

        RefuseUnknown(field, UnknownFields.Of(wire));
        var currency = Text($"{field}.currency", wire.Currency, 3);
        if (DecimalText.TryParse(wire.Amount, out var amount))
        {
            return new(amount, currency);
        }

        Report(RuleCodes.NotReadable, $"{field}.amount", DecimalWanted);
        return null;
    }

    public Coordinates? Coordinates(string field, Wire.Coordinates? wire)
    {
        if (wire is null)
        {
            return null;
        }

        RefuseUnknown(field, UnknownFields.Of(wire));
        if (Notes.Note.Coordinates.TryCreate(wire.Latitude, wire.Longitude, out var coordinates))
        {
            return coordinates;
        }

        Report(RuleCodes.NotReadable, field, "Latitude must be within 90 degrees and longitude within 180.");
        return null;
    }
}
