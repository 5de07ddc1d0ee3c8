using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task Who_waits_for_what_is_there_does_not_wait()
    {
        Assert.True(Ledger.WaitPastAsync(Beginning, Cancellation).AsTask().IsCompletedSuccessfully);
        await AppendNewAsync(Note("N-1"));
        Assert.True(Ledger.WaitPastAsync(At(0), Cancellation).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task All_who_wait_are_woken_by_the_entry_they_wait_for()
    {
        var waits = Enumerable.Range(0, 10)
            .Select(_ => Ledger.WaitPastAsync(At(1), Cancellation).AsTask()).ToArray();

        await AppendNewAsync(Note("N-1"));
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        await AppendNewAsync(Note("N-2"));

        await Task.WhenAll(waits);
    }

    [Fact]
    public async Task Who_cancels_waiting_is_let_go_and_the_others_are_not()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var leaves = Ledger.WaitPastAsync(At(0), cancelled.Token).AsTask();
        var stays = Ledger.WaitPastAsync(At(0), Cancellation).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        await AppendNewAsync(Note("N-1"));
        await stays;
    }

    [Fact]
    public async Task Who_waits_when_the_ledger_closes_learns_it()
    {
        var wait = Ledger.WaitPastAsync(At(0), Cancellation).AsTask();

        await Ledger.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        await ReopenAsync();
    }

    [Fact]
    public async Task What_was_waited_for_can_be_read()
    {
        for (var number = 1; number <= 50; number++)
        {
            var wait = Ledger.WaitPastAsync(At(number - 1), Cancellation).AsTask();
            var append = AppendNewAsync(Note($"N-{number}"));
            await wait;

            Assert.NotNull(await Ledger.ReadAsync(new(number), Cancellation));
            await append;
        }
    }
}
