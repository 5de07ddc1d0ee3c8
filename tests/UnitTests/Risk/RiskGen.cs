using CsCheck;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.UnitTests.Risk;

/// <summary>Generators of facts. Few subjects, times and positions, so that they meet.</summary>
internal static class RiskGen
{
    public static readonly Gen<Infringement> Infringement =
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 4], Gen.Int[1, 3],
            (domain, how, count) => new Infringement((InfringementDomain)domain, (InfringementClass)how, count));

    public static readonly Gen<CheckFact> Check =
        Gen.Select(Gen.Long[1, 100_000], Gen.Long[-2000, 10], Gen.Int[1, 4], Infringement.List[0, 2],
            (position, day, vehicles, found) => new CheckFact(
                position, Given.Eight + (day * Given.Day) + (position % 977), Subject(position % 3), Given.Vehicle,
                vehicles > 1, vehicles, found));

    public static readonly Gen<NoteSummary> Summary =
        Gen.Select(Gen.Long[1, 200], Gen.Bool, Gen.Int[0, 3],
            (position, late, warnings) => new NoteSummary(position, 1000 + (position / 3), late, warnings));

    private static readonly Gen<DangerousGoodsLoad?> DangerousGoods =
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 8], Gen.Long[0, 40_000_000], Gen.Bool,
            (category, kind, quantity, any) => any
                ? new DangerousGoodsLoad(
                    [new(1202, category == 4 ? "" : $"{category}", quantity, category == 3)], true,
                    [new((DiscrepancyKind)kind, 1202)])
                : null);

    private static readonly Gen<NoteFact> Note =
        Gen.Select(Gen.Long[-30, 30], Gen.Long[0, 4], Gen.Int[0, 60_000], Gen.Int[0, 5], DangerousGoods, Gen.Bool,
            (hour, carrier, kg, warnings, goods, waste) => new NoteFact
            {
                Position = 0,
                ReceivedMs = Given.Eight + (hour * Given.Hour),
                Carrier = Subject(carrier),
                Consignor = Given.Consignor,
                GrossMassG = kg % 10 == 0 ? null : kg * 1000L,
                WarningCodes = [.. Enumerable.Range(0, warnings).Select(i => $"W-{i}")],
                IssuedMs = kg % 3 == 0 ? Given.Eight + (hour * Given.Hour / 2) : null,
                DangerousGoods = goods,
                Waste = waste,
            });

    public static readonly Gen<VehicleMovement> Movement =
        Gen.Select(Note, Gen.Long[1, 100_000], Gen.Int[-20, 20], Gen.Int[0, 30], Gen.Int[0, 8], Gen.Int[0, 3],
            (note, position, start, hours, axles, missing) => Given.Movement(
                note with { Position = position },
                given => given with
                {
                    Leg = (int)(position % 2),
                    Carrier = Subject(position % 4),
                    StartMs = (missing & 1) == 1 && axles < 4 ? null : Given.Eight + (start * Given.Hour),
                    EndMs = (missing & 2) == 2 && axles < 4 ? null : Given.Eight + ((start + hours) * Given.Hour),
                    Axles = axles,
                    First = axles == 3 ? null : given.First,
                    MaxMassKg = axles == 5 ? 40_000 : 0,
                }));

    /// <summary>Facts of one vehicle, each identity once.</summary>
    public static readonly Gen<List<VehicleMovement>> Movements =
        Movement.List[0, 160].Select(all => all.DistinctBy(each => each.Movement.Position).ToList());

    public static readonly Gen<List<CheckFact>> Checks =
        Check.List[0, 300].Select(all => all.DistinctBy(each => each.Position).ToList());

    /// <summary>0: not known.</summary>
    private static SubjectId? Subject(long number) => number == 0 ? null : new((UInt128)(number + 1));
}
