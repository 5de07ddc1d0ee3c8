using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using Wire = Ecmr.Facts.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Facts as the stream and the hot store carry them, to the types of Risk.</summary>
/// <exception cref="InvalidDataException">
/// From every member: the message does not hold what its schema says.
/// </exception>
public static class FactReading
{
    public static NoteFact Note(Wire.NoteRecorded note, long position) => new()
    {
        Position = position,
        ReceivedMs = note.ReceivedMs,
        Carrier = SubjectBytes.ReadOptional(note.Carrier),
        Consignor = SubjectBytes.ReadOptional(note.Consignor),
        GrossMassG = note.HasGrossMassG ? note.GrossMassG : null,
        PackageCount = note.PackageCount,
        WarningCodes = note.WarningCodes.Count == 0 ? [] : note.WarningCodes,
        IssuedMs = note.HasIssuedMs ? note.IssuedMs : null,
        DangerousGoods = note.DangerousGoods is { } load ? Load(load) : null,
        Waste = note.Waste,
    };

    public static Movement Movement(Wire.Movement movement, long position) => new()
    {
        Position = position,
        Leg = movement.Leg,
        Vehicle = SubjectBytes.Read(movement.Vehicle),
        Carrier = SubjectBytes.ReadOptional(movement.Carrier),
        StartMs = movement.HasStartMs ? movement.StartMs : null,
        EndMs = movement.HasEndMs ? movement.EndMs : null,
        Ended = movement.Ended,
        First = Point(movement.FirstPoint),
        Last = Point(movement.LastPoint),
        MaxMassKg = movement.MaxMassKg,
        Axles = movement.Axles,
        Trailers = movement.Trailers.Count,
    };

    public static CheckFact Check(Wire.InspectionReported check, long position) => new(
        position,
        check.InspectedMs,
        SubjectBytes.ReadOptional(check.Carrier),
        SubjectBytes.ReadOptional(check.Vehicle),
        check.Place == Wire.CheckPlace.Premises,
        check.VehiclesChecked == 0 ? 1 : Positive(check.VehiclesChecked),
        [.. check.Infringements
            .Select(one => Infringement((int)one.Domain, (int)one.Class, one.Count))
            .GroupBy(one => (one.Domain, one.Class))
            .Select(same => new Infringement(same.Key.Domain, same.Key.Class, Sum(same.Select(one => one.Count))))
            .OrderBy(one => one.Domain).ThenBy(one => one.Class)]);

    internal static Infringement Infringement(int domain, int @class, int count) => new(
        Known<InfringementDomain>(domain), Known<InfringementClass>(@class), Positive(count));

    internal static DangerousGoodsLoad Load(Wire.DangerousGoodsLoad load) => new(
        [.. load.Lines.Select(line => new DangerousGoodsLine(
            line.UnNumber, line.TransportCategory, line.QuantityMilli, line.LimitedOrExcepted))],
        load.HasIndicator ? load.Indicator : null,
        [.. load.Discrepancies.Select(one => new DangerousGoodsDiscrepancy(
            Known<DiscrepancyKind>((int)one.Kind), one.UnNumber))]);

    private static GeoPoint? Point(Wire.Point? point) =>
        point is null ? null : new(point.LatitudeCentidegrees, point.LongitudeCentidegrees);

    private static int Sum(IEnumerable<int> counts) =>
        counts.Sum(count => (long)count) is <= int.MaxValue and var sum
            ? (int)sum
            : throw new InvalidDataException("Counts beyond all measure.");

    private static int Positive(int value) =>
        value > 0 ? value : throw new InvalidDataException("A count is at least 1.");

    // A number that this version does not know comes from a newer one: it is not to be guessed at.
    private static TEnum Known<TEnum>(int number)
        where TEnum : struct, Enum
    {
        var value = (TEnum)Enum.ToObject(typeof(TEnum), number);
        return Enum.IsDefined(value)
            ? value
            : throw new InvalidDataException($"{number} is no {typeof(TEnum).Name}.");
    }
}
