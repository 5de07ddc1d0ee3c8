using Ecmr.Note.V1;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Client.Sample;

/// <param name="Received">Latest moment at which the note can be handed in as planned.</param>
internal readonly record struct SampleWindow(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Received);

/// <summary>Instants in the form of the note, with the offset of Central Europe.</summary>
internal static class SampleTime
{
    public static Moment At(DateTimeOffset time) => new()
    {
        Time = new Timestamp { Seconds = time.ToUnixTimeSeconds() },
        UtcOffsetMinutes = OffsetMinutes(time),
    };

    public static Issue Issue(DateTimeOffset time, Address at)
    {
        var local = time.UtcDateTime.AddMinutes(OffsetMinutes(time));
        return new()
        {
            Date = new Date { Year = local.Year, Month = local.Month, Day = local.Day },
            Place = at.City,
            Country = at.Country,
            Time = At(time),
        };
    }

    // Directive 2000/84/EC: summer time from the last Sunday of March to that of October, 01:00 UTC.
    private static int OffsetMinutes(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return utc >= LastSunday(utc.Year, 3) && utc < LastSunday(utc.Year, 10) ? 120 : 60;
    }

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Utc);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
