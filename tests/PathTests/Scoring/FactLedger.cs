using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Risk.Profiles;
using Google.Protobuf;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>The facts of a ledger in memory, indexed by subject as ingress does; nothing else of a ledger.</summary>
internal sealed class FactLedger(int shards = 1) : FactsOnlyLedger
{
    private readonly List<(RecordedFact Fact, List<(SubjectKind, UInt128, EntryKind, long EventMs)> Subjects)>
        _facts = [];
    private readonly List<RecordedFact>[] _shards =
        [.. Enumerable.Range(0, shards).Select(_ => new List<RecordedFact>())];
    private readonly SemaphoreSlim _grown = new(0);

    public override int ShardCount => shards;

    public override LedgerMark Head => LedgerMark.Of([.. _shards.Select(shard => shard.Count - 1L)]);

    public override string LogId => "0123456789abcdef0123456789abcdef";

    /// <summary>Appends a fact.</summary>
    public void Add(Fact fact, DateTimeOffset received, string traceParent = "", int shard = 0)
    {
        var recorded = new RecordedFact(
            LedgerPosition.Of(shard, _shards[shard].Count), received, fact.ToByteArray(), traceParent);
        _facts.Add((recorded, SubjectsOf(fact)));
        _shards[shard].Add(recorded);
        _grown.Release();
    }

    public override ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
        int shard, long after, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<RecordedFact>>(
        [.. _shards[shard].Skip((int)after + 1).Take(limit)]);

    public override ValueTask<IReadOnlyList<RecordedFact>> ReadFactsBackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<RecordedFact>>(
        [.. _shards[shard].Take((int)before).Reverse().Take(limit)]);

    public override ValueTask<IReadOnlyList<IReadOnlyList<RecordedFact>>> ReadSubjectsAsync(
        IReadOnlyList<SubjectRead> reads, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<IReadOnlyList<RecordedFact>>>([.. reads.Select(ReadSubject)]);

    public override async ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation)
    {
        while (!Head.IsPast(mark))
        {
            await _grown.WaitAsync(cancellation);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _grown.Dispose();
        return base.DisposeAsync();
    }

    private static List<(SubjectKind, UInt128, EntryKind, long EventMs)> SubjectsOf(Fact fact)
    {
        List<(SubjectKind, UInt128, EntryKind, long)> subjects = [];
        if (fact.Inspection is { } check)
        {
            Add(SubjectKind.Carrier, check.Carrier, EntryKind.Outcome, EventTime.OfCheck(check.InspectedMs));
            Add(SubjectKind.Vehicle, check.Vehicle, EntryKind.Outcome, EventTime.OfCheck(check.InspectedMs));
        }
        else if (fact.Note is { } note)
        {
            Add(SubjectKind.Consignor, note.Consignor, EntryKind.Note, EventTime.OfNote(note.ReceivedMs));
            foreach (var carrier in note.Movements.Select(one => one.Carrier).Append(note.Carrier).Distinct())
            {
                Add(SubjectKind.Carrier, carrier, EntryKind.Note, EventTime.OfNote(note.ReceivedMs));
            }

            foreach (var legs in note.Movements.GroupBy(one => one.Vehicle))
            {
                Add(SubjectKind.Vehicle, legs.Key, EntryKind.Note, EventTime.OfLegs(
                    legs.Select(leg => (
                        leg.HasStartMs ? (long?)leg.StartMs : null, leg.HasEndMs ? (long?)leg.EndMs : null)),
                    note.ReceivedMs));
            }
        }

        return subjects;

        void Add(SubjectKind kind, ByteString id, EntryKind entries, long eventMs)
        {
            if (id.Length == Pseudonym.Length)
            {
                subjects.Add((kind, Pseudonym.FromBytes(id.Span).Value, entries, eventMs));
            }
        }
    }

    private IReadOnlyList<RecordedFact> ReadSubject(SubjectRead read) =>
    [
        .. _facts
            .SelectMany(one => one.Subjects
                .Where(each => each.Item1 == read.Kind && each.Item2 == read.Subject.Value
                    && each.Item3 == read.Entries)
                .Select(each => (one.Fact, each.EventMs)))
            .Where(one => one.EventMs >= (read.Since?.ToUnixTimeMilliseconds() ?? long.MinValue))
            .OrderByDescending(one => one.EventMs).ThenByDescending(one => one.Fact.Position)
            .Take(read.Limit)
            .Select(one => one.Fact),
    ];
}
