using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <content>Members by type; each is left out at its default.</content>
internal ref partial struct JcsWriter
{
    private const int NumberBytesMax = 32;

    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Name(name);
            Text(value);
        }
    }

    public void Texts(ReadOnlySpan<byte> name, ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }

        Name(name);
        Open((byte)'[');
        foreach (var value in values)
        {
            Text(value);
        }

        Close((byte)']');
    }

    public void Flag(ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            Name(name);
            Raw("true"u8);
        }
    }

    public void Flag(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } stated)
        {
            Name(name);
            Raw(stated ? "true"u8 : "false"u8);
        }
    }

    public void Number(ReadOnlySpan<byte> name, int value)
    {
        if (value != 0)
        {
            Name(name);
            Number(value);
        }
    }

    /// <summary>A 64-bit number, which the mapping writes as text: a double cannot hold all of them.</summary>
    public void LongNumber(ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
        {
            Name(name);
            Quote();
            Number(value);
            Quote();
        }
    }

    public void Code<T>(ReadOnlySpan<byte> name, T value, string[] names)
        where T : unmanaged, Enum
    {
        if (Unsafe.BitCast<T, int>(value) is not 0 and var number)
        {
            Name(name);
            Text(names[number]);
        }
    }

    public void Codes<T>(ReadOnlySpan<byte> name, ImmutableArray<T> values, string[] names)
        where T : unmanaged, Enum
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }

        Name(name);
        Open((byte)'[');
        foreach (var value in values)
        {
            Text(names[Unsafe.BitCast<T, int>(value)]);
        }

        Close((byte)']');
    }

    public void Id(ReadOnlySpan<byte> name, Guid? value)
    {
        if (value is { } id)
        {
            Name(name);
            Quote();
            Utf8Formatter.TryFormat(id, Ensure(NumberBytesMax * 2), out var bytes);
            _length += bytes;
            Quote();
        }
    }

    public void UnNumber(ReadOnlySpan<byte> name, UnNumber? value)
    {
        if (value is { } number)
        {
            Name(name);
            Quote();
            Format(number.Value, "D4");
            Quote();
        }
    }

    public void Blob(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            Name(name);
            Blob(value);
        }
    }

    public void Blobs(ReadOnlySpan<byte> name, ImmutableArray<ReadOnlyMemory<byte>> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }

        Name(name);
        Open((byte)'[');
        foreach (var value in values)
        {
            Comma();
            Blob(value.Span);
        }

        Close((byte)']');
    }

    public void One<T>(ReadOnlySpan<byte> name, T? value, WriteMembers<T> writeMembers)
        where T : class
    {
        if (value is not null)
        {
            Name(name);
            Object(value, writeMembers);
        }
    }

    public void Many<T>(ReadOnlySpan<byte> name, ImmutableArray<T> values, WriteMembers<T> writeMembers)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }

        Name(name);
        Open((byte)'[');
        foreach (var value in values)
        {
            Object(value, writeMembers);
        }

        Close((byte)']');
    }

    private void Blob(ReadOnlySpan<byte> value)
    {
        Quote();
        Base64.EncodeToUtf8(value, Ensure(Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var bytes);
        _length += bytes;
        Quote();
    }

    private void Number(long value) => Format(value, default);

    private void Format<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Ensure(NumberBytesMax), out var bytes, format, CultureInfo.InvariantCulture);
        _length += bytes;
        _needsComma = true;
    }

    private void Quote() => Raw("\""u8);

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Ensure(bytes.Length));
        _length += bytes.Length;
        _needsComma = true;
    }
}
