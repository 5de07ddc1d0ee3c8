using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using Google.Protobuf;

namespace EcmrGateway.Streaming;

/// <summary>Reads recorded facts as messages.</summary>
internal static class StreamedFacts
{
    /// <returns>
    /// What is no fact, because its bytes are damaged, is one of no kind: who reads it leaves it out as one of a newer
    /// schema, instead of failing on it again and again.
    /// </returns>
    public static IReadOnlyList<StreamedFact> Of(IReadOnlyList<RecordedFact> recorded)
    {
        var facts = new StreamedFact[recorded.Count];
        for (var index = 0; index < facts.Length; index++)
        {
            var fact = recorded[index];
            facts[index] = new(
                fact.Position.Value, fact.ReceivedTime, Parse(fact.Fact.Span), fact.TraceParent);
        }

        return facts;
    }

    private static Fact Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Fact.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return new();
        }
    }
}
