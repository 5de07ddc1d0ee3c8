using Ecmr.Facts.V1;
using Google.Protobuf;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>The pseudonym that a fact's record is ordered by, found without reading the rest of the fact.</summary>
internal static class FactKey
{
    private static readonly uint Note = TagOf(Fact.NoteFieldNumber);
    private static readonly uint NoteCarrier = TagOf(NoteRecorded.CarrierFieldNumber);
    private static readonly uint NoteConsignor = TagOf(NoteRecorded.ConsignorFieldNumber);
    private static readonly uint NoteMovement = TagOf(NoteRecorded.MovementsFieldNumber);
    private static readonly uint MovementVehicle = TagOf(Movement.VehicleFieldNumber);
    private static readonly uint Inspection = TagOf(Fact.InspectionFieldNumber);
    private static readonly uint InspectionCarrier = TagOf(InspectionReported.CarrierFieldNumber);
    private static readonly uint InspectionVehicle = TagOf(InspectionReported.VehicleFieldNumber);

    /// <summary>The carrier's, or else that of the first vehicle, or else the consignor's.</summary>
    /// <returns>
    /// Empty: the fact has none, or cannot be read up to there. What reads the topic sets such a fact aside; the relay
    /// must not stand still for it.
    /// </returns>
    public static ByteString Of(byte[] fact)
    {
        var input = new CodedInputStream(fact);
        try
        {
            while (input.ReadTag() is var tag and not 0)
            {
                if (tag == Note)
                {
                    return OfNote(input);
                }

                if (tag == Inspection)
                {
                    return First(input, InspectionCarrier, InspectionVehicle);
                }

                input.SkipLastField();
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // As described.
        }

        return ByteString.Empty;
    }

    /// <summary>Fields are written by their number: a carrier comes before all that would be read in its place.
    /// </summary>
    private static ByteString OfNote(CodedInputStream input)
    {
        var consignor = ByteString.Empty;
        var end = input.ReadLength() + input.Position;
        while (input.Position < end && input.ReadTag() is var tag and not 0)
        {
            if (tag == NoteCarrier)
            {
                return input.ReadBytes();
            }

            if (tag == NoteConsignor)
            {
                consignor = input.ReadBytes();
            }
            else if (tag != NoteMovement)
            {
                input.SkipLastField();
            }
            else if (First(input, MovementVehicle) is { IsEmpty: false } vehicle)
            {
                return vehicle;
            }
        }

        return consignor;
    }

    /// <summary>Reads a message to its end.</summary>
    /// <returns>The first of two fields that is there.</returns>
    private static ByteString First(CodedInputStream input, uint first, uint second = 0)
    {
        var found = ByteString.Empty;
        var end = input.ReadLength() + input.Position;
        while (input.Position < end && input.ReadTag() is var tag and not 0)
        {
            if (found.IsEmpty && (tag == first || tag == second))
            {
                found = input.ReadBytes();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }

    private static uint TagOf(int field) => WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited);
}
