using CsCheck;
using Ecmr.Facts.V1;
using Google.Protobuf;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>Generators of facts around a moment. Few subjects, so that they meet.</summary>
internal static class FactGen
{
    /// <summary>2026-06-01T08:00:00Z.</summary>
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_780_300_800_000);

    private const long HourMs = 3_600_000;

    private static readonly (int Latitude, int Longitude)[] Places =
        [(5195, 408), (5138, 615), (5207, 506), (5149, 474), (5188, 620), (5251, 609)];

    private static readonly Gen<Movement> Leg = Gen.Select(
        Gen.Int[1, 6], Gen.Int[0, 3], Gen.Int[-30, 10], Gen.Int[1, 12], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 7],
        (vehicle, carrier, start, hours, from, to, missing) =>
        {
            var leg = new Movement
            {
                Vehicle = Id(1, vehicle),
                Carrier = carrier == 0 ? ByteString.Empty : Id(2, carrier),
                FirstPoint = missing == 7 ? null : Point(from),
                LastPoint = Point(to),
                Axles = 5,
                Trailers = { Id(4, vehicle) },
            };
            if (missing != 1)
            {
                leg.StartMs = Now.ToUnixTimeMilliseconds() + (start * HourMs);
            }

            if (missing != 2)
            {
                leg.EndMs = Now.ToUnixTimeMilliseconds() + ((start + hours) * HourMs);
            }

            return leg;
        });

    private static readonly Gen<Fact> Note = Gen.Select(
        Leg.Array[0, 3], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[-36, 0], Gen.Int[0, 4], Gen.Int[1, 40],
        (legs, carrier, consignor, received, warnings, tonnes) =>
        {
            for (var i = 0; i < legs.Length; i++)
            {
                legs[i].Leg = i;
            }

            return new Fact
            {
                Note = new()
                {
                    ReceivedMs = Now.ToUnixTimeMilliseconds() + (received * HourMs),
                    Carrier = carrier == 0 ? ByteString.Empty : Id(2, carrier),
                    Consignor = consignor == 0 ? ByteString.Empty : Id(3, consignor),
                    GrossMassG = tonnes * 1_000_000L,
                    WarningCodes = { Enumerable.Range(0, warnings).Select(i => $"CMR-{i:000}") },
                    Movements = { legs },
                },
            };
        });

    private static readonly Gen<Fact> Check = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 6], Gen.Int[-4000, 0], Gen.Int[0, 4],
        (carrier, vehicle, inspected, how) => new Fact
        {
            Inspection = new()
            {
                InspectedMs = Now.ToUnixTimeMilliseconds() + (inspected * HourMs),
                Carrier = carrier == 0 ? ByteString.Empty : Id(2, carrier),
                Vehicle = vehicle == 0 ? ByteString.Empty : Id(1, vehicle),
                VehiclesChecked = 1,
                Infringements =
                {
                    how == 0
                        ? []
                        : [Technical((InfringementClass)how)],
                },
            },
        });

    private static readonly Gen<Fact> Unreadable = Note.Select(fact =>
    {
        fact.Note.DangerousGoods = new() { Discrepancies = { new DangerousGoodsDiscrepancy() } };
        return fact;
    });

    /// <summary>Now and then one that cannot be read.</summary>
    public static readonly Gen<Fact> Fact = Gen.Frequency((12, Note), (4, Check), (1, Unreadable));

    private static Infringement Technical(InfringementClass how) =>
        new() { Domain = InfringementDomain.Technical, Class = how, Count = 2 };

    public static ByteString Id(byte kind, int number) =>
        ByteString.CopyFrom([kind, .. new byte[14], (byte)number]);

    private static Point Point(int place) => new()
    {
        LatitudeCentidegrees = Places[place].Latitude,
        LongitudeCentidegrees = Places[place].Longitude,
        Source = PointSource.Locode,
    };
}
