using System.Globalization;
using Ecmr.Note.V1;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Cli.Rendering;

/// <summary>Instants and spans for people, in the zone of the machine.</summary>
internal static class Times
{
    /// <summary>Day, hour and minute; empty: not known.</summary>
    public static string Local(Timestamp? time, TimeProvider clock) =>
        time is null ? "" : At(time, clock).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Local(Moment? moment, TimeProvider clock) => Local(moment?.Time, clock);

    /// <summary>"10:20-11:05", with the day where it is not today's.</summary>
    public static string Window(Timestamp? from, Timestamp? until, TimeProvider clock)
    {
        if (from is null)
        {
            return "time unknown";
        }

        var start = At(from, clock);
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), clock.LocalTimeZone).Date;
        var day = start.Date == today ? "" : start.ToString("ddd d ", CultureInfo.InvariantCulture);
        var text = day + start.ToString("HH:mm", CultureInfo.InvariantCulture);
        return until is null ? text : text + "-" + At(until, clock).ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>"3 min", "5 h", "2 d" since then; empty: not known.</summary>
    public static string Age(Timestamp? since, TimeProvider clock)
    {
        if (since is null)
        {
            return "";
        }

        var age = clock.GetUtcNow() - since.ToDateTimeOffset();
        return age switch
        {
            { TotalSeconds: < 60 } =>
                string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s"),
            { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
            { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} d"),
        };
    }

    private static DateTimeOffset At(Timestamp time, TimeProvider clock) =>
        TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), clock.LocalTimeZone);
}
