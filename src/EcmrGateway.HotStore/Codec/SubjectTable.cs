using System.Runtime.InteropServices;
using EcmrGateway.Risk.Facts;
using Google.Protobuf;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Pseudonyms that rows name by their place, from 1 on; 0: absent.</summary>
internal sealed class SubjectTable
{
    private readonly Dictionary<SubjectId, int> _places = [];

    public int PlaceOf(SubjectId? id)
    {
        if (id is not { } subject)
        {
            return 0;
        }

        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, subject, out var isKnown);
        return isKnown ? place : place = _places.Count;
    }

    public ByteString ToBytes()
    {
        var bytes = new byte[_places.Count * SubjectBytes.Length];
        foreach (var (subject, place) in _places)
        {
            SubjectBytes.Write(subject, bytes.AsSpan((place - 1) * SubjectBytes.Length));
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    /// <returns>Null: absent.</returns>
    /// <exception cref="InvalidDataException">No pseudonym is there.</exception>
    public static SubjectId? At(ByteString subjects, int place)
    {
        if (place == 0)
        {
            return null;
        }

        return place > 0 && (long)place * SubjectBytes.Length <= subjects.Length
            ? SubjectBytes.Read(subjects.Span[((place - 1) * SubjectBytes.Length)..])
            : throw new InvalidDataException($"There is no pseudonym {place}.");
    }
}
