using System.Diagnostics;
using System.Security.Cryptography;
using Ecmr.Note.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Ingress.Facts;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Notes.Canonical;
using EcmrGateway.Notes.Places;
using EcmrGateway.Notes.Rules;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Risk.Settings;
using Google.Protobuf;
using Movement = EcmrGateway.Risk.Movements.Movement;

namespace EcmrGateway.Benchmarks.Core;

/// <summary>The pure steps of a note, one thread: time and allocations beside the parse of the same bytes.</summary>
internal static class CoreBench
{
    /// <summary>Within which frequent code is compiled for good; it allocates less from then on.</summary>
    private static readonly TimeSpan CompilationTime = TimeSpan.FromMilliseconds(500);

    public static Task RunAsync(bool quick)
    {
        var pool = new NotePool(1_000, seed: 4);
        var messages = Enumerable.Range(0, 1_000).Select(_ => pool.Next().Note).ToArray();
        var bytes = messages.Select(note => note.ToByteArray()).ToArray();
        var notes = messages.Select(note => NoteReader.Read(note).Note!).ToArray();
        var now = TimeProvider.System.GetUtcNow();
        var context = new NoteRuleContext(now);
        var facts = new FactWriter(new Pseudonymiser(new byte[Pseudonymiser.KeyLength]), Locodes.BuiltIn);
        var vehicles = Vehicles(now);
        var model = new RiskModel(new RiskSettings(), new MovementSettings(), Areas());
        Dictionary<SubjectId, CarrierProfile> carriers = new()
        {
            [new(1)] = CarrierProfile.Of(Checks(now)),
        };
        Dictionary<SubjectId, ConsignorProfile> consignors = [];
        var rounds = quick ? 5 : 100;

        var parse = Measure("parse (floor)", rounds, index => ConsignmentNote.Parser.ParseFrom(bytes[index]));
        var hash = Measure("SHA-256 (floor)", rounds, index => SHA256.HashData(bytes[index]));
        Figure[] figures =
        [
            parse,
            hash,
            Measure("read into domain types", rounds, index => NoteReader.Read(messages[index]), parse.Value),
            Measure("rules", rounds, index => NoteRules.Check(notes[index], context), parse.Value, target: 10),
            Measure("canonical form and its hash", rounds, index => CanonicalNote.Sha256(notes[index]), hash.Value),
            Measure(
                "fact and pseudonyms", rounds,
                index => facts.Write(notes[index], [], now).Fact.ToByteArray(), parse.Value),
            Measure(
                "score a vehicle of 2 movements", rounds,
                index => model.Assess(new SubjectId((UInt128)index), vehicles[index], carriers, consignors),
                target: 50),
        ];
        FigureReport.Write("core", figures, quick);
        ExpectedAllocations.Compare(figures, quick);
        return Task.CompletedTask;
    }

    /// <summary>Microseconds and bytes of one call, over a thousand inputs in turn.</summary>
    private static Figure Measure(
        string name, int rounds, Func<int, object> operation, double? floor = null, double? target = null)
    {
        var warming = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds || Stopwatch.GetElapsedTime(warming) < CompilationTime; round++)
        {
            Round();
        }

        var times = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            Round();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / 1_000);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        times.Sort();
        return new Figure(
            name, times[times.Count / 2], "us", floor, target, times[times.Count / 2] / 1_000,
            times[(int)(times.Count * 0.99)] / 1_000, allocated / (rounds * 1_000.0));

        void Round()
        {
            for (var index = 0; index < 1_000; index++)
            {
                GC.KeepAlive(operation(index));
            }
        }
    }

    private static List<CheckFact> Checks(DateTimeOffset now) =>
    [
        .. Enumerable.Range(1, 5).Select(month => new CheckFact(
            month, now.AddDays(-30 * month).ToUnixTimeMilliseconds(), null, null, Premises: false, 1,
            month % 2 == 0
                ? []
                : [new(Risk.Facts.InfringementDomain.Load, Risk.Facts.InfringementClass.Serious, 1)])),
    ];

    private static VehicleProfile[] Vehicles(DateTimeOffset now) =>
    [
        .. Enumerable.Range(0, 1_000).Select(index => VehicleProfile.Of(
            Enumerable.Range(0, 2).Select(leg => Trip(index, leg, now)), [])),
    ];

    private static VehicleMovement Trip(int vehicle, int trip, DateTimeOffset now)
    {
        var position = (vehicle * 2) + trip + 1;
        var start = now.AddHours(trip * 2).ToUnixTimeMilliseconds();
        var note = new NoteFact
        {
            Position = position,
            ReceivedMs = start - 3_600_000,
            Carrier = new SubjectId(1),
            GrossMassG = 24_000_000,
        };
        return new(
            new Movement
            {
                Position = position,
                Leg = 0,
                Vehicle = new SubjectId((UInt128)vehicle),
                StartMs = start,
                EndMs = start + 14_400_000,
                First = new GeoPoint(5192, 448),
                Last = new GeoPoint(5143 + (vehicle % 50), 676),
            },
            note);
    }

    private static List<Area> Areas() =>
    [
        .. Enumerable.Range(0, 12).Select(index => new Area(
            $"area-{index}", $"Area {index}", 51.4 + (index * 0.1), 4.0 + (index * 0.25), 12)),
    ];
}
