using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using Google.Protobuf;

namespace EcmrGateway.Inspection;

/// <summary>Reads what the ledger has on record of a note.</summary>
internal static class NoteFact
{
    /// <returns>Null: the fact is not of a note, of a newer schema, or damaged.</returns>
    public static NoteRecorded? Of(RecordedFact recorded)
    {
        try
        {
            return Fact.Parser.ParseFrom(recorded.Fact.Span).Note;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
