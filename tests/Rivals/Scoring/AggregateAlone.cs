using System.Diagnostics;
using Confluent.Kafka;
using Ecmr.Facts.V1;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>
/// What <see cref="VehicleTopology"/> makes of facts, and nothing else: read, folded, assessed and written as bytes, on
/// all processors, from memory and into memory.
/// </summary>
/// <remarks>
/// What an engine spends that writes down each result, before it fetches, looks up, sends or keeps anything: one is
/// faster only where it writes down less. The first turn is left out, as code is compiled in it.
/// </remarks>
internal static class AggregateAlone
{
    private const int Turns = 4;

    /// <summary>Facts a second.</summary>
    public static double Rate(IReadOnlyList<SampleFact> facts)
    {
        var shares = facts.Select((fact, number) => (fact, number))
            .GroupBy(one => (uint)one.fact.Vehicle.GetHashCode() % (uint)Environment.ProcessorCount)
            .Select(share => share.ToList()).ToList();
        var started = 0L;
        for (var turn = 0; turn < Turns; turn++)
        {
            started = turn == 1 ? Stopwatch.GetTimestamp() : started;
            Parallel.ForEach(shares, Aggregate);
        }

        return (Turns - 1) * facts.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Aggregate(List<(SampleFact Fact, int Number)> share)
    {
        var serializer = new AssessedVehicleSerDes();
        Dictionary<string, AssessedVehicle> vehicles = [];
        foreach (var (sample, number) in share)
        {
            var fact = new TopicFact(Fact.Parser.ParseFrom(sample.Bytes), number);
            foreach (var vehicle in VehicleTopology.VehiclesOf(fact))
            {
                var folded = VehicleTopology.Fold(
                    vehicle, fact, vehicles.GetValueOrDefault(vehicle, VehicleTopology.Unknown));
                vehicles[vehicle] = folded;
                serializer.Serialize(folded, SerializationContext.Empty);
            }
        }
    }
}
