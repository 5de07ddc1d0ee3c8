using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <content>Members whose value is one of the note's own value types.</content>
internal ref partial struct JcsWriter
{
    private const int SecondsLength = 19; // 2026-11-24T10:00:00

    private const int NanosPerTick = 100;

    public void Measure(ReadOnlySpan<byte> name, Measure? value)
    {
        if (value is { } measure)
        {
            Name(name);
            Open((byte)'{');
            Text("unit"u8, measure.Unit);
            Decimal("value"u8, measure.Value);
            Close((byte)'}');
        }
    }

    public void Money(ReadOnlySpan<byte> name, Money? value)
    {
        if (value is { } money)
        {
            Name(name);
            Open((byte)'{');
            Decimal("amount"u8, money.Amount);
            Text("currency"u8, money.Currency);
            Close((byte)'}');
        }
    }

    public void Coordinates(ReadOnlySpan<byte> name, Coordinates? value)
    {
        if (value is { } coordinates)
        {
            Name(name);
            Open((byte)'{');
            Degrees("latitude"u8, coordinates.Latitude);
            Degrees("longitude"u8, coordinates.Longitude);
            Close((byte)'}');
        }
    }

    public void Date(ReadOnlySpan<byte> name, DateOnly? value)
    {
        if (value is { } date)
        {
            Name(name);
            Open((byte)'{');
            Number("day"u8, date.Day);
            Number("month"u8, date.Month);
            Number("year"u8, date.Year);
            Close((byte)'}');
        }
    }

    public void Moment(ReadOnlySpan<byte> name, Moment? value)
    {
        if (value is { } moment)
        {
            Name(name);
            Open((byte)'{');
            Name("time"u8);
            Instant(moment);
            if (moment.OffsetMinutes is { } minutes)
            {
                Name("utcOffsetMinutes"u8);
                Number(minutes);
            }

            Close((byte)'}');
        }
    }

    private void Decimal(ReadOnlySpan<byte> name, decimal value)
    {
        Name(name);
        Quote();
        Format(value, default);
        Quote();
    }

    // Six decimals at most, so that a decimal prints as JCS prints the double: no exponent from 0.000001 up.
    private void Degrees(ReadOnlySpan<byte> name, decimal value)
    {
        if (value != 0)
        {
            Name(name);
            Format(value, default);
        }
    }

    // RFC 3339 in UTC with 0, 3, 6 or 9 digits of fraction, as the proto3 JSON mapping writes it.
    private void Instant(Moment moment)
    {
        Quote();
        var span = Ensure(NumberBytesMax * 2);
        moment.Time.UtcDateTime.TryFormat(span, out _, "O");
        var nanos = ((int)(moment.Time.Ticks % TimeSpan.TicksPerSecond) * NanosPerTick) + moment.NanosBeyondTick;
        var (digits, fraction) = nanos switch
        {
            0 => (0, 0),
            _ when nanos % 1_000_000 == 0 => (3, nanos / 1_000_000),
            _ when nanos % 1_000 == 0 => (6, nanos / 1_000),
            _ => (9, nanos),
        };
        _length += SecondsLength;
        if (digits > 0)
        {
            Raw("."u8);
            Format(fraction, digits switch { 3 => "D3", 6 => "D6", _ => "D9" });
        }

        Raw("Z\""u8);
    }
}
