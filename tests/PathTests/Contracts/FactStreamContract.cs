using Ecmr.Facts.V1;
using EcmrGateway.Streaming;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>What every stream of facts must do. A class for each implementation inherits it.</summary>
public abstract class FactStreamContract : IAsyncLifetime
{
    protected abstract IFactStream Stream { get; }

    /// <summary>Index of the newest fact; -1: there is none.</summary>
    protected abstract long Head { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Lets time pass until a second without news is over, and with it a wait.</summary>
    protected abstract Task PassQuietSecondAsync(Task waiting);

    /// <summary>Whether the stream knows which shards it reads; at once, where it reads all.</summary>
    protected virtual bool HasShards(FactBatch batch) => true;

    /// <summary>Records a fact and tells its position.</summary>
    protected abstract Task<long> RecordAsync(Fact fact);

    /// <summary>Records an entry that has no fact.</summary>
    protected abstract Task RecordWithoutFactAsync();

    [Fact]
    public async Task Facts_come_as_recorded_in_the_order_of_positions()
    {
        var positions = new List<long>();
        for (var count = 1; count <= 10; count++)
        {
            positions.Add(await RecordAsync(FactOf(count)));
        }

        var facts = await TakeAsync(after: -1, count: 10);

        Assert.Equal(positions, facts.Select(fact => fact.Position));
        Assert.Equal(Enumerable.Range(1, 10), facts.Select(fact => fact.Fact.Note.PackageCount));
        Assert.Equal(positions[^1], Head);
    }

    [Fact]
    public async Task Reading_begins_after_the_position()
    {
        await RecordAsync(FactOf(1));
        var second = await RecordAsync(FactOf(2));
        await RecordAsync(FactOf(3));

        var facts = await TakeAsync(second, count: 1);

        Assert.Equal(3, facts[0].Fact.Note.PackageCount);
    }

    [Fact]
    public async Task More_than_a_batch_comes_in_batches_without_a_gap()
    {
        for (var count = 1; count <= 40; count++)
        {
            await RecordAsync(FactOf(count));
        }

        Assert.Equal(
            Enumerable.Range(1, 40), (await TakeAsync(-1, count: 40)).Select(fact => fact.Fact.Note.PackageCount));
    }

    [Fact]
    public async Task Who_waits_gets_what_is_recorded_later()
    {
        await RecordAsync(FactOf(1));
        await using var batches = Stream.ReadAsync(After(-1), Cancellation).GetAsyncEnumerator(Cancellation);
        await NextAsync(batches);

        var next = NextAsync(batches);
        await RecordAsync(FactOf(2));

        Assert.Equal(2, (await next)[0].Fact.Note.PackageCount);
    }

    [Fact]
    public async Task A_second_without_news_gives_an_empty_batch_and_the_stream_goes_on()
    {
        await using var batches = Stream.ReadAsync(After(-1), Cancellation).GetAsyncEnumerator(Cancellation);
        do
        {
            var moved = batches.MoveNextAsync().AsTask();
            await PassQuietSecondAsync(moved);
            Assert.True(await moved);
            Assert.Empty(batches.Current.Facts);
        }
        while (!HasShards(batches.Current));

        Assert.Equal([0], batches.Current.Shards);
        await RecordAsync(FactOf(1));
        Assert.Single(await NextAsync(batches));
    }

    [Fact]
    public async Task Entries_without_facts_are_passed_over()
    {
        await RecordWithoutFactAsync();
        Assert.Equal(-1, Head);
        var position = await RecordAsync(FactOf(1));
        await RecordWithoutFactAsync();

        Assert.Single(await TakeAsync(-1, count: 1));
        Assert.Equal(position, Head);
    }

    [Fact]
    public async Task Two_readers_both_get_everything()
    {
        for (var count = 1; count <= 5; count++)
        {
            await RecordAsync(FactOf(count));
        }

        var both = await Task.WhenAll(TakeAsync(-1, 5), TakeAsync(-1, 5));

        Assert.Equal(both[0].Select(fact => fact.Position), both[1].Select(fact => fact.Position));
    }

    [Fact]
    public async Task Who_cancels_is_let_go()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var batches = Stream.ReadAsync(After(-1), cancelled.Token).GetAsyncEnumerator(Cancellation);
        Assert.True(await batches.MoveNextAsync());
        var moved = batches.MoveNextAsync().AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => moved);
    }

    private static Dictionary<int, long> After(long index) => new() { [0] = index };

    private static Fact FactOf(int count) => new() { Note = new() { PackageCount = count } };

    private async Task<List<StreamedFact>> TakeAsync(long after, int count)
    {
        var facts = new List<StreamedFact>();
        await foreach (var batch in Stream.ReadAsync(After(after), Cancellation))
        {
            facts.AddRange(batch.Facts);
            if (facts.Count >= count)
            {
                break;
            }
        }

        Assert.Equal(count, facts.Count);
        return facts;
    }

    /// <summary>The next batch that is not empty.</summary>
    private static async Task<IReadOnlyList<StreamedFact>> NextAsync(
        IAsyncEnumerator<FactBatch> batches)
    {
        do
        {
            Assert.True(await batches.MoveNextAsync());
        }
        while (batches.Current.Facts.Count == 0);

        return batches.Current.Facts;
    }
}
