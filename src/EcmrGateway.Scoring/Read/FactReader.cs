using Ecmr.Facts.V1;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Read;

/// <summary>ecmr.facts.v1 to the types of the model.</summary>
internal static class FactReader
{
    /// <exception cref="InvalidDataException">
    /// The fact does not hold what its schema says, or is of a newer one.
    /// </exception>
    public static ScoringFact Read(StreamedFact streamed) => streamed.Fact.KindCase switch
    {
        Fact.KindOneofCase.Note => new ScoringFact.OfNote(
            FactReading.Note(streamed.Fact.Note, streamed.Position),
            [.. streamed.Fact.Note.Movements.Select(one => FactReading.Movement(one, streamed.Position))]),
        Fact.KindOneofCase.Inspection => new ScoringFact.OfCheck(
            FactReading.Check(streamed.Fact.Inspection, streamed.Position)),
        _ => throw new InvalidDataException("A fact of no known kind."),
    };

    /// <summary>Whether a fact can be read, for the stream that hands it over.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    public static void Check(StreamedFact streamed) => Read(streamed);

    /// <summary>
    /// Those facts of a subject's history that can be read; the others are told of where they come to be scored
    /// (<see cref="ReadableFacts"/>).
    /// </summary>
    /// <param name="unreadable">Told of each of the others.</param>
    public static IEnumerable<ScoringFact> ReadHistory(
        IEnumerable<StreamedFact> history, Action<StreamedFact, InvalidDataException>? unreadable = null)
    {
        foreach (var streamed in history)
        {
            ScoringFact fact;
            try
            {
                fact = Read(streamed);
            }
            catch (InvalidDataException failure)
            {
                unreadable?.Invoke(streamed, failure);
                continue;
            }

            yield return fact;
        }
    }
}
