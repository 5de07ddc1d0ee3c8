using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>Fields of a message that this gateway's schema does not know, kept aside by the parser.</summary>
/// <remarks>
/// Google.Protobuf has no public way to ask for them. Comparing sizes with a copy parsed without them would parse every
/// note twice, so the generated private field is read; a test walks every message type and fails when its name changes.
/// </remarks>
internal static class UnknownFields
{
    private const string Field = "_unknownFields";

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Date message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Moment message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Measure message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Money message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Place message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Coordinates message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Address message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.ConsignmentNote message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Issue message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.ElectronicProcedures message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Procedure message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.ConsignmentItem message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.DangerousGoods message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.RadioactiveMaterial message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Waste message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.CarrierAuthentication message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.NoteEvent message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Signature message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Party message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.PartyId message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Contact message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Carrier message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.CommunityLicence message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Handover message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Reservation message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.TakingOver message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Delivery message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Leg message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Vehicle message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Trailer message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.TransportEquipment message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Seal message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Driver message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Animals message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.AttachedDocument message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Wire.Charge message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = Field)]
    public static extern ref UnknownFieldSet? Of(Timestamp message);
}
