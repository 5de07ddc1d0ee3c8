using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EcmrGateway.Notes.Rules;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace EcmrGateway.Ingress.Read;

/// <content>Text, codes, counts and bytes.</content>
internal sealed partial class Reading
{
    private const int Sha256Length = 32;

    private const int NoteNumberLengthMax = 35;

    private static readonly SearchValues<char> NoteNumberCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-");

    public string Text(string field, string wire, int lengthMax)
    {
        if (wire.Length > lengthMax)
        {
            Report(RuleCodes.TooLong, field, AtMost(lengthMax, "characters"));
            return "";
        }

        // The parser lets no such text through; a message made in memory may hold it, and it has no UTF-8 form.
        if (wire.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !IsWellFormed(wire))
        {
            Report(RuleCodes.NotReadable, field, "The text is not well-formed Unicode.");
            return "";
        }

        return wire;
    }

    public ImmutableArray<string> Texts(string field, RepeatedField<string> wire, int countMax, int lengthMax)
    {
        var count = CountWithin(field, wire.Count, countMax);
        if (count == 0)
        {
            return [];
        }

        var values = new string[count];
        for (var index = 0; index < count; index++)
        {
            Enter(field, index);
            values[index] = Text("", wire[index], lengthMax);
            _depth--;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public string NoteNumber(string field, string wire)
    {
        if (wire.Length <= NoteNumberLengthMax && !wire.AsSpan().ContainsAnyExcept(NoteNumberCharacters))
        {
            return wire;
        }

        Report(RuleCodes.NotReadable, field, "Must be 1 to 35 of A-Z 0-9 . / -");
        return "";
    }

    public string Language(string field, string wire)
    {
        if (wire.Length == 0 || (wire.Length == 2 && !wire.AsSpan().ContainsAnyExceptInRange('a', 'z')))
        {
            return wire;
        }

        Report(RuleCodes.NotReadable, field, "Must be an ISO 639-1 code in lower case, as \"nl\".");
        return "";
    }

    public T Code<T>(string field, int wire, T last)
        where T : unmanaged, Enum
    {
        if ((uint)wire <= (uint)Unsafe.BitCast<T, int>(last))
        {
            return Unsafe.BitCast<int, T>(wire);
        }

        Report(RuleCodes.NotReadable, field, "The code is not one of the schema.");
        return default;
    }

    public ImmutableArray<T> Codes<TWire, T>(string field, RepeatedField<TWire> wire, T last)
        where TWire : unmanaged, Enum
        where T : unmanaged, Enum
    {
        var count = CountWithin(field, wire.Count, 20);
        if (count == 0)
        {
            return [];
        }

        var values = new T[count];
        for (var index = 0; index < count; index++)
        {
            Enter(field, index);
            values[index] = Code("", Unsafe.BitCast<TWire, int>(wire[index]), last);
            _depth--;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public int Count(string field, int wire) => (int)Count(field, (long)wire);

    public long Count(string field, long wire)
    {
        if (wire >= 0)
        {
            return wire;
        }

        Report(RuleCodes.NotReadable, field, "Must not be below zero.");
        return 0;
    }

    public ReadOnlyMemory<byte> Blob(string field, ByteString wire, int lengthMax)
    {
        if (wire.Length <= lengthMax)
        {
            return wire.Memory;
        }

        Report(RuleCodes.TooLong, field, AtMost(lengthMax, "bytes"));
        return default;
    }

    public ImmutableArray<ReadOnlyMemory<byte>> Blobs(
        string field, RepeatedField<ByteString> wire, int countMax, int lengthMax)
    {
        var count = CountWithin(field, wire.Count, countMax);
        var values = new ReadOnlyMemory<byte>[count];
        for (var index = 0; index < count; index++)
        {
            Enter(field, index);
            values[index] = Blob("", wire[index], lengthMax);
            _depth--;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public ReadOnlyMemory<byte> Sha256(string field, ByteString wire)
    {
        if (wire.Length is 0 or Sha256Length)
        {
            return wire.Memory;
        }

        Report(RuleCodes.NotReadable, field, "A SHA-256 has 32 bytes.");
        return default;
    }

    private static string AtMost(int limit, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"At most {limit} {unit}.");

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && (index + 1 == text.Length
                || !char.IsSurrogatePair(text[index], text[++index])))
            {
                return false;
            }
        }

        return true;
    }
}
