using Ecmr.Facts.V1;
using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming;

/// <summary>Reads recorded facts as messages.</summary>
internal static class StreamedFacts
{
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException">The ledger holds what is no fact.</exception>
    public static IReadOnlyList<StreamedFact> Of(IReadOnlyList<RecordedFact> recorded)
    {
        var facts = new StreamedFact[recorded.Count];
        for (var index = 0; index < facts.Length; index++)
        {
            var fact = recorded[index];
            facts[index] = new(
                fact.Position.Value, fact.ReceivedTime, Fact.Parser.ParseFrom(fact.Fact.Span), fact.TraceParent);
        }

        return facts;
    }
}
