using System.Runtime.InteropServices;
using Google.Protobuf.Collections;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Texts that rows name by their place, from 0 on.</summary>
internal sealed class TextTable(RepeatedField<string> texts)
{
    private readonly Dictionary<string, int> _places = [];

    public int PlaceOf(string text)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, text, out var isKnown);
        if (!isKnown)
        {
            place = texts.Count;
            texts.Add(text);
        }

        return place;
    }

    /// <exception cref="InvalidDataException">No text is there.</exception>
    public static string At(RepeatedField<string> texts, int place) => (uint)place < (uint)texts.Count
        ? texts[place]
        : throw new InvalidDataException($"There is no text {place}.");
}
