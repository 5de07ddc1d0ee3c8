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
            try
            {
                facts[index] = Read(recorded[index]);
            }
            catch (InvalidProtocolBufferException)
            {
                facts[index] = Of(recorded[index], new());
            }
        }

        return facts;
    }

    /// <exception cref="InvalidProtocolBufferException">The ledger holds what is no fact.</exception>
    public static StreamedFact Read(RecordedFact recorded) => Of(recorded, Fact.Parser.ParseFrom(recorded.Fact.Span));

    private static StreamedFact Of(RecordedFact recorded, Fact fact) => new(
        recorded.Position.Value, recorded.ReceivedTime, fact, recorded.TraceParent);
}
