using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Areas;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Scoring;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Consume;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>Scoring over a ledger in memory and any hot store, taken step by step.</summary>
internal sealed class ScoringRig(FactLedger ledger, IHotStore store, FakeTimeProvider clock)
{
    private readonly FactHistory _history = new(ledger, clock);
    private HotContent? _content;
    private long _next;

    public static RiskModel Model { get; } = new(new(), new(), DutchFreightAreas.All);

    private static IOptions<ScoringOptions> Scoring { get; } = Options.Create(new ScoringOptions { RebuildLength = 7 });

    private static IOptions<HotStoreOptions> HotStore { get; } = Options.Create(new HotStoreOptions());

    /// <summary>A scorer as each process has one.</summary>
    public static BatchScorer ScorerOf(
        FactLedger ledger, IHotStore store, TimeProvider clock, ScoringTelemetry telemetry)
    {
        var patient = Patient(store, clock, telemetry);
        return new(
            patient,
            new RoundFactory(
                patient, new ProfileLoader(patient, new ProfileHistory(new(ledger, clock), Model), Model, Scoring),
                new OnRoadTimes(Model, new MovementSettings(), clock, Scoring, HotStore), Model, telemetry),
            telemetry);
    }

    /// <summary>The content as each process has it.</summary>
    public static HotContent ContentOf(
        FactLedger ledger, IHotStore store, TimeProvider clock, ScoringTelemetry telemetry,
        ILogger<HotContent>? logger = null) => new(
        Patient(store, clock, telemetry), ScorerOf(ledger, store, clock, telemetry), new(ledger, clock),
        ReaderOf(telemetry), Model, telemetry, clock, Scoring, HotStore, logger ?? NullLogger<HotContent>.Instance);

    public static ReadableFacts ReaderOf(ScoringTelemetry telemetry) =>
        new(telemetry, NullLogger<ReadableFacts>.Instance);

    /// <summary>Starts the consumer, as a new process does.</summary>
    public async Task StartAsync()
    {
        var telemetry = new ScoringTelemetry(_history, clock);
        _content = ContentOf(ledger, store, clock, telemetry);
        _next = (await _content.OpenAsync(CancellationToken.None))[0];
        await _content.OwnAsync([0], CancellationToken.None);
    }

    /// <summary>Scores the next facts, or the last ones once more.</summary>
    public async Task ScoreAsync(int count, int repeated = 0)
    {
        var after = Math.Max(-1, _next - repeated);
        var recorded = await ledger.ReadFactsAsync(0, after, count + repeated, CancellationToken.None);
        var facts = recorded.Select(one => new StreamedFact(
            one.Position.Value, one.ReceivedTime, Ecmr.Facts.V1.Fact.Parser.ParseFrom(one.Fact.Span), ""));
        if (recorded.Count > 0)
        {
            _next = Math.Max(_next, recorded[^1].Position.Value);
            await _content!.ScoreAsync([.. facts], CancellationToken.None);
        }
    }

    public async Task RebuildAsync(int steps)
    {
        for (var i = 0; i < steps && _content!.RebuildIsDue; i++)
        {
            await _content.RebuildStepAsync(CancellationToken.None);
        }
    }

    /// <summary>Scores and rebuilds all there is.</summary>
    public async Task FinishAsync()
    {
        await _content!.CheckAsync(CancellationToken.None);
        while (_next < ledger.Head[0])
        {
            await ScoreAsync(5);
        }

        // After many losses a rebuild waits, for a minute at most.
        clock.Advance(TimeSpan.FromMinutes(1));
        await RebuildAsync(int.MaxValue);
    }

    public Task<List<string>> ContentAsync() => ContentAsync(store, clock);

    /// <summary>All that the rankings hold, and the bytes of every score of a movement on the road.</summary>
    public static async Task<List<string>> ContentAsync(IHotStore store, TimeProvider clock)
    {
        var hour = (int)(clock.GetUtcNow().ToUnixTimeSeconds() / 3600);
        List<string> lines = [];
        foreach (var area in Model.Areas)
        {
            for (var at = hour - 3; at < hour + 40; at++)
            {
                var best = await store.TopAsync(area.Id, at, at, 1000, CancellationToken.None);
                lines.AddRange(best.Select(entry => $"{area.Id}:{at} {entry.Vehicle.Value:X32} {entry.Points}"));
            }
        }

        var vehicles = Enumerable.Range(1, 6).Select(one => SubjectBytes.Read(FactGen.Id(1, one))).ToList();
        var assessments = await store.AssessmentsAsync(vehicles, CancellationToken.None);
        lines.AddRange(OnRoad(assessments.Values, clock.GetUtcNow()));
        return lines;
    }

    /// <summary>What a new and empty store holds after a rebuild from all facts.</summary>
    public static async Task<List<string>> ColdAsync(FactLedger ledger, FakeTimeProvider clock)
    {
        var cold = new ScoringRig(ledger, new InMemoryStore(clock), clock);
        await cold.StartAsync();
        await cold.FinishAsync();
        return await cold.ContentAsync();
    }

    /// <summary>What the model says of all facts, without any store or batch.</summary>
    public static async Task<List<string>> PlainAsync(FactLedger ledger, DateTimeOffset now)
    {
        var recorded = await ledger.ReadFactsAsync(0, -1, 1000, CancellationToken.None);
        var facts = FactReader.ReadHistory(recorded.Select(
            one => new StreamedFact(
                one.Position.Value, one.ReceivedTime, Ecmr.Facts.V1.Fact.Parser.ParseFrom(one.Fact.Span), "")))
            .ToList();
        var checks = facts.OfType<ScoringFact.OfCheck>().Select(one => one.Check).ToList();
        var notes = facts.OfType<ScoringFact.OfNote>().ToList();
        var vehicles = notes.SelectMany(one => one.Movements).Select(one => one.Vehicle).Distinct().Order();
        return OnRoad(
            vehicles.Select(vehicle => Model.Assess(
                    vehicle,
                    VehicleProfile.Of(
                        notes.SelectMany(one => one.Movements.Where(movement => movement.Vehicle == vehicle)
                            .Select(movement => new VehicleMovement(movement, one.Note))),
                        checks.Where(check => check.Vehicle == vehicle)),
                    carrier => CarrierProfile.Of(checks.Where(check => check.Carrier == carrier)),
                    consignor => ConsignorProfile.Of(notes.Where(one => one.Note.Consignor == consignor)
                        .Select(one => Model.Summarise(one.Note, one.Movements))))),
            now);
    }

    /// <summary>The bytes of each movement on the road: what its score rests on is kept up to date.</summary>
    private static List<string> OnRoad(IEnumerable<VehicleAssessment> assessments, DateTimeOffset now) =>
    [
        .. from one in assessments.OrderBy(one => one.Vehicle)
           from movement in one.Movements
           where movement.EndMs >= now.AddHours(-2).ToUnixTimeMilliseconds()
           select Convert.ToHexString(AssessmentCodec.Write(one with { Movements = [movement] })),
    ];

    private static PatientStore Patient(IHotStore store, TimeProvider clock, ScoringTelemetry telemetry) =>
        new(store, clock, Scoring, telemetry, NullLogger<PatientStore>.Instance);
}
