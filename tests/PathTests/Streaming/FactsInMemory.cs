using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Contracts;
using Google.Protobuf;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>The part of a ledger of many shards that a relay reads.</summary>
internal sealed class FactsInMemory(int shards) : FactsOnlyLedger
{
    private readonly Lock _lock = new();
    private readonly List<RecordedFact>[] _facts =
        [.. Enumerable.Range(0, shards).Select(_ => new List<RecordedFact>())];

    private LedgerMark _head = LedgerMark.BeforeAll(shards);
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override int ShardCount => shards;

    public override LedgerMark Head => Volatile.Read(ref _head);

    /// <summary>Facts of one shard, their package counts from 1 on.</summary>
    public void Record(int shard, int count)
    {
        lock (_lock)
        {
            var facts = _facts[shard];
            for (var added = 0; added < count; added++)
            {
                facts.Add(new(
                    LedgerPosition.Of(shard, facts.Count), TimeProvider.System.GetUtcNow(),
                    new Fact { Note = new() { PackageCount = facts.Count + 1 } }.ToByteArray(), ""));
            }

            Volatile.Write(ref _head, _head.With(facts[^1].Position));
            _moved.SetResult();
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>One fact, of any size.</summary>
    public void Record(int shard, Fact fact)
    {
        lock (_lock)
        {
            var facts = _facts[shard];
            facts.Add(new(
                LedgerPosition.Of(shard, facts.Count), TimeProvider.System.GetUtcNow(), fact.ToByteArray(), ""));
            Volatile.Write(ref _head, _head.With(facts[^1].Position));
            _moved.SetResult();
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public override ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
        int shard, long after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<RecordedFact>>(
                [.. _facts[shard].Skip((int)(after + 1)).Take(limit)]);
        }
    }

    public override async ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_head.IsPast(mark))
                {
                    return;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellation);
        }
    }
}
