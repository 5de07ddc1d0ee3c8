using System.Buffers;
using System.Diagnostics;
using System.Text.Unicode;

namespace EcmrGateway.Notes.Canonical;

/// <summary>Writes one member's object.</summary>
internal delegate void WriteMembers<in T>(T value, ref JcsWriter json);

/// <summary>
/// JSON as RFC 8785 (JCS) wants it: no white space, members in the order the caller writes them, strings escaped only
/// where they must be. Members at their default are left out, as the proto3 JSON mapping does.
/// </summary>
/// <remarks>
/// Not Utf8JsonWriter: its encoders escape more than JCS allows. The caller keeps the order of names, which a test
/// holds against a generic sorter. Text must be well-formed UTF-16; the reader refuses other.
/// </remarks>
internal ref partial struct JcsWriter
{
    private const int InitialBytes = 8 * 1024;

    /// <summary>Most bytes that one UTF-16 character becomes: \u001f.</summary>
    private const int BytesPerCharacterMax = 6;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014"
        + "\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private byte[] _buffer;

    private int _length;

    private bool _needsComma;

    public JcsWriter()
    {
        _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    }

    /// <summary>What was written; valid until <see cref="Dispose"/> or the next write.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    public void Object<T>(T value, WriteMembers<T> writeMembers)
    {
        Open((byte)'{');
        writeMembers(value, ref this);
        Close((byte)'}');
    }

    private void Open(byte bracket)
    {
        Comma();
        Ensure(1)[0] = bracket;
        _length++;
        _needsComma = false;
    }

    private void Close(byte bracket)
    {
        Ensure(1)[0] = bracket;
        _length++;
        _needsComma = true;
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Comma();
        var span = Ensure(name.Length + 3);
        span[0] = (byte)'"';
        name.CopyTo(span[1..]);
        span[name.Length + 1] = (byte)'"';
        span[name.Length + 2] = (byte)':';
        _length += name.Length + 3;
        _needsComma = false;
    }

    private void Comma()
    {
        if (_needsComma)
        {
            Ensure(1)[0] = (byte)',';
            _length++;
        }
    }

    private void Text(ReadOnlySpan<char> text)
    {
        Comma();
        var span = Ensure((text.Length * BytesPerCharacterMax) + 2);
        span[0] = (byte)'"';
        var written = 1;
        while (true)
        {
            var plain = text.IndexOfAny(Escaped);
            var run = plain < 0 ? text : text[..plain];
            var status = Utf8.FromUtf16(run, span[written..], out _, out var bytes, replaceInvalidSequences: false);
            if (status != OperationStatus.Done)
            {
                throw new UnreachableException("The reader refuses text that is not well-formed.");
            }

            written += bytes;
            if (plain < 0)
            {
                break;
            }

            written += Escape(text[plain], span[written..]);
            text = text[(plain + 1)..];
        }

        span[written] = (byte)'"';
        _length += written + 1;
        _needsComma = true;
    }

    private static int Escape(char character, Span<byte> destination)
    {
        destination[0] = (byte)'\\';
        var letter = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            _ => 'u',
        };
        destination[1] = (byte)letter;
        if (letter != 'u')
        {
            return 2;
        }

        "00"u8.CopyTo(destination[2..]);
        destination[4] = (byte)"0123456789abcdef"[character >> 4];
        destination[5] = (byte)"0123456789abcdef"[character & 0xF];
        return BytesPerCharacterMax;
    }

    private Span<byte> Ensure(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + bytes));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
