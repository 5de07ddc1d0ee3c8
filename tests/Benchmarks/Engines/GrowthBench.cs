using System.Diagnostics;
using System.Globalization;
using Ecmr.Facts.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Engines;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>What an append, a read and a cold profile cost in a small ledger and in a large one.</summary>
/// <remarks>
/// The two take turns, so that what else the machine does falls on both; the middle of the rounds counts. The small one
/// is made anew for each round, since what is appended to measure it makes it several times as large.
/// </remarks>
internal static class GrowthBench
{
    private const int InFlight = 1_024;
    private const double RatioMax = 1.5;

    /// <param name="AppendMs">Time of the whole for each note, with many in flight.</param>
    /// <param name="ReadMs">Median for a note at a random position.</param>
    /// <param name="ListMs">Median for a hundred notes of a party after a random place.</param>
    /// <param name="ColdMs">Median for the profile of a random vehicle.</param>
    private sealed record Cost(double AppendMs, double AppendP50Ms, double ReadMs, double ListMs, double ColdMs);

    public static async Task RunAsync(bool quick)
    {
        await using var server = await PostgresServer.FindNodeAsync(settings: PostgresServer.InUse)
            ?? throw new InvalidOperationException(PostgresServer.MissingNode);
        var (few, many) = quick ? (1_008L, 100_000L) : (10_000L, 10_000_000L);
        var started = Stopwatch.GetTimestamp();
        await using var large = await FilledLedger.CreateAsync(server, many);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{many:N0} notes laid down in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s"));

        List<(Cost Small, Cost Large)> rounds = [];
        for (var round = 0; round <= (quick ? 1 : 5); round++)
        {
            await using var small = await FilledLedger.CreateAsync(server, few);
            rounds.Add((await MeasureAsync(small, quick), await MeasureAsync(large, quick)));
        }

        // In the first round code is compiled, and the pages of the large ledger come from the disk.
        FigureReport.Write("growth", Figures(few, many, rounds[1..]), quick);
    }

    private static IReadOnlyList<Figure> Figures(long few, long many, List<(Cost Small, Cost Large)> rounds)
    {
        double Small(Func<Cost, double> cost) => Middle(rounds.Select(round => cost(round.Small)));
        double Large(Func<Cost, double> cost) => Middle(rounds.Select(round => cost(round.Large)));
        Figure Of(string name, Func<Cost, double> cost) => new(
            string.Create(CultureInfo.InvariantCulture, $"{name}, {many:N0} notes"), Large(cost), "ms", Small(cost),
            RatioMax);
        return
        [
            Of("append", cost => cost.AppendMs) with { P50Ms = Large(cost => cost.AppendP50Ms) },
            Of("read", cost => cost.ReadMs),
            Of("list of a party", cost => cost.ListMs),
            Of("cold profile", cost => cost.ColdMs),
            new("notes in the ledger beside it", few, ""),
        ];
    }

    private static async Task<Cost> MeasureAsync(FilledLedger filled, bool quick)
    {
        await filled.CheckpointAsync();
        var random = new Random(11);
        var reads = quick ? 500 : 3_000;
        var read = await MedianAsync(reads, async () => await filled.Ledger.ReadAsync(
            filled.PositionOf(random.NextInt64(filled.Notes)), CancellationToken.None)
            ?? throw new InvalidOperationException("A note is not there."));
        var list = await MedianAsync(reads / 10, async () => (await filled.Ledger.ReadPartyAsync(
            EntryKind.Note, FilledLedger.Party, filled.MarkOf(random.NextInt64(filled.Notes / 2)), 100,
            CancellationToken.None)).Count == 100 ? 1 : throw new InvalidOperationException("Notes are missing."));
        var cold = await MedianAsync(reads, () => ProfileAsync(
            filled.Ledger, FilledLedger.VehicleOf(random.NextInt64(filled.Notes / FilledLedger.NotesOfSubject))));

        // A page that is written for the first time after a checkpoint goes into the log as a whole. That befalls few
        // of the millions of appends between two checkpoints, but would most of those that are measured here.
        await AppendAsync(filled, (int)Math.Max(quick ? 1_000 : 5_000, filled.Notes / 50));
        var (append, p50) = await AppendAsync(filled, quick ? 3_000 : 30_000);
        return new(append, p50, read, list, cold);
    }

    private static async Task<double> MedianAsync<T>(int count, Func<Task<T>> read)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            await read();
            times[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }

        return Middle(times);
    }

    /// <summary>A vehicle's profile as scoring makes it when the hot store has none: of notes and checks.</summary>
    private static async Task<VehicleProfile> ProfileAsync(PostgresNoteLedger ledger, Pseudonym vehicle)
    {
        var histories = await ledger.ReadSubjectsAsync(
            [
                new(SubjectKind.Vehicle, vehicle, EntryKind.Note, Since: null, VehicleProfile.MovementsMax),
                new(SubjectKind.Vehicle, vehicle, EntryKind.Outcome, Since: null, VehicleProfile.ChecksMax),
            ],
            CancellationToken.None);
        var (notes, checks) = (histories[0], histories[1]);
        if (notes.Count < FilledLedger.NotesOfSubject || checks.Count > 0)
        {
            throw new InvalidOperationException($"A vehicle has {notes.Count} notes and {checks.Count} checks.");
        }

        return VehicleProfile.Of(
            from one in notes
            let wire = Fact.Parser.ParseFrom(one.Fact.Span).Note
            let note = FactReading.Note(wire, one.Position.Value)
            from movement in wire.Movements
            select new VehicleMovement(FactReading.Movement(movement, one.Position.Value), note),
            []);
    }

    private static async Task<(double EachMs, double P50Ms)> AppendAsync(FilledLedger filled, int count)
    {
        var histogram = Measured.NewHistogram();
        var left = count;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var sent = Stopwatch.GetTimestamp();
                var result = await filled.Ledger.AppendAsync(filled.Draft(), CancellationToken.None);
                if (result.Status != AppendStatus.Appended)
                {
                    throw new InvalidOperationException($"An append was answered {result.Status}.");
                }

                histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(sent).Ticks));
            }
        })));
        return (
            Stopwatch.GetElapsedTime(started).TotalMilliseconds / count, Measured.Milliseconds(histogram, 50));
    }

    private static double Middle(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
