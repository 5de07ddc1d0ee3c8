using EcmrGateway.HotStore.Areas;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using Google.Protobuf;
using Streamiz.Kafka.Net;
using Streamiz.Kafka.Net.SerDes;
using Streamiz.Kafka.Net.Stream;
using Streamiz.Kafka.Net.Table;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>
/// Facts grouped by vehicle, as scoring groups them: each vehicle's profile folded, assessed and kept with its
/// assessment, with the same functions and the same bytes.
/// </summary>
/// <remarks>
/// The topic has the carrier as its key, so that the library brings the facts to their vehicles over a topic in
/// between. It still does less than the gateway: there are no records of carriers and consignors, and no rankings.
/// </remarks>
/// <param name="onDisk">Whether profiles outlive the process, as they do in Redis; else they are in its memory.</param>
internal sealed class VehicleTopology(bool onDisk) : ICountedTopology
{
    /// <summary>Before the first fact.</summary>
    public static readonly AssessedVehicle Unknown = new(VehicleProfile.Empty, Assessment: null);

    private static readonly RiskModel Model = new(new(), new(), DutchFreightAreas.All);

    private long _aggregated;

    /// <summary>Facts that are in the profile of their first vehicle.</summary>
    public long Aggregated => Interlocked.Read(ref _aggregated);

    public Topology Build(string topic)
    {
        var builder = new StreamBuilder();
        builder.Stream<string, TopicFact, StringSerDes, TopicFactSerDes>(topic)
            .FlatMap((_, fact, _) => ByVehicle(fact))
            .GroupByKey<StringSerDes, VehicleFactSerDes>()
            .Aggregate(
                () => Unknown,
                (vehicle, fact, held) => Count(vehicle, fact, held),
                onDisk
                    ? RocksDb.As<string, AssessedVehicle, StringSerDes, AssessedVehicleSerDes>("vehicles")
                    : InMemory.As<string, AssessedVehicle, StringSerDes, AssessedVehicleSerDes>("vehicles"));
        return builder.Build();
    }

    /// <summary>Vehicles of a fact.</summary>
    public static IEnumerable<string> VehiclesOf(TopicFact fact) => (fact.Fact.Note?.Movements ?? [])
        .Select(movement => Convert.ToHexStringLower(movement.Vehicle.Span)).Distinct();

    /// <summary>A vehicle with one fact more.</summary>
    public static AssessedVehicle Fold(string vehicle, TopicFact one, AssessedVehicle held)
    {
        var id = SubjectBytes.Read(ByteString.CopyFrom(Convert.FromHexString(vehicle)));
        var (fact, position) = one;
        var note = FactReading.Note(fact.Note, position);
        var profile = fact.Note.Movements.Select(movement => FactReading.Movement(movement, position))
            .Where(movement => movement.Vehicle == id)
            .Aggregate(held.Profile, (folded, movement) => folded.Fold(new VehicleMovement(movement, note)));
        return new(profile, Model.Assess(
            id, profile, static CarrierProfile? (SubjectId _) => null, static ConsignorProfile? (SubjectId _) => null));
    }

    /// <summary>A fact for each of its vehicles; one that has none goes to nobody, to be counted.</summary>
    private static IEnumerable<KeyValuePair<string, VehicleFact>> ByVehicle(TopicFact fact) => VehiclesOf(fact)
        .DefaultIfEmpty("")
        .Select((vehicle, place) => KeyValuePair.Create(vehicle, new VehicleFact(fact, place == 0)));

    private AssessedVehicle Count(string vehicle, VehicleFact one, AssessedVehicle held)
    {
        if (one.IsFirst)
        {
            Interlocked.Increment(ref _aggregated);
        }

        return vehicle.Length == 0 ? held : Fold(vehicle, one.Fact, held);
    }
}
