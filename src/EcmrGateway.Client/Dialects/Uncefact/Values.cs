using System.Globalization;
using Ecmr.Note.V1;
using Google.Protobuf.WellKnownTypes;
using NoteDate = Ecmr.Note.V1.Date;

namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>Measures, times and counts of the message.</summary>
internal static class Values
{
    private static readonly string[] IsoForms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static Measure? Measure(XmlTree? element, string defaultUnit, ReadingLog log)
    {
        if (element is null || element.Text.Length == 0)
        {
            return null;
        }

        element.MarkTaken();
        var unit = element.TakeAttribute("unitCode");
        if (unit.Length == 0)
        {
            log.Add(RemarkKind.Doubt, element.Path, $"There is no unitCode; it is read as {defaultUnit}.");
            unit = defaultUnit;
        }

        return new Measure { Value = element.Text, Unit = unit };
    }

    public static int Count(XmlTree? element, ReadingLog log)
    {
        if (element is null || element.Text.Length == 0)
        {
            return 0;
        }

        element.MarkTaken();
        if (decimal.TryParse(element.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count == decimal.Truncate(count) && count <= int.MaxValue)
        {
            return (int)count;
        }

        log.Add(RemarkKind.NotMapped, element.Path, "It is not a whole number.");
        return 0;
    }

    /// <param name="element">Holds DateTime (ISO 8601) or DateTimeString (UNTDID 2379: 102, 203, 205).</param>
    public static Moment? Time(XmlTree? element, ReadingLog log)
    {
        if (element?.Child("DateTime") is { Text.Length: > 0 } iso)
        {
            iso.MarkTaken();
            return Parsed(iso, IsoForms, log);
        }

        if (element?.Child("DateTimeString") is { Text.Length: > 0 } coded)
        {
            coded.MarkTaken();
            return coded.TakeAttribute("format") switch
            {
                "102" => Parsed(coded, ["yyyyMMdd"], log),
                "203" => Parsed(coded, ["yyyyMMddHHmm"], log),
                "205" => Parsed(coded, ["yyyyMMddHHmmzzz", "yyyyMMddHHmm"], log),
                _ => Unknown(coded, log),
            };
        }

        return null;
    }

    /// <summary>The date at the offset at which the moment was written.</summary>
    public static NoteDate LocalDate(Moment moment)
    {
        var local = moment.Time.ToDateTime().AddMinutes(moment.HasUtcOffsetMinutes ? moment.UtcOffsetMinutes : 0);
        return new NoteDate { Year = local.Year, Month = local.Month, Day = local.Day };
    }

    private static Moment? Parsed(XmlTree element, string[] formats, ReadingLog log)
    {
        if (!DateTimeOffset.TryParseExact(
                element.Text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return Unknown(element, log);
        }

        var moment = new Moment { Time = Timestamp.FromDateTimeOffset(time) };
        if (HasZone(element.Text))
        {
            moment.UtcOffsetMinutes = (int)time.Offset.TotalMinutes;
        }
        else
        {
            log.Add(RemarkKind.Doubt, element.Path, "The time has no zone; it is read as UTC.");
        }

        return moment;
    }

    private static Moment? Unknown(XmlTree element, ReadingLog log)
    {
        log.Add(RemarkKind.NotMapped, element.Path, "The form of the time is not known.");
        return null;
    }

    // Z, or an offset in the last six characters; a hyphen further to the front belongs to the date.
    private static bool HasZone(string text) =>
        text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) >= Math.Max(10, text.Length - 6);
}
