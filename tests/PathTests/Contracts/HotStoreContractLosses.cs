using EcmrGateway.HotStore;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>A store that comes back without its last writes.</summary>
public abstract partial class HotStoreContract
{
    private static readonly HotChanges OneCarrier =
        HotSamples.None with { Carriers = HotSamples.One(new(1), CarrierProfile.Empty) };

    [Fact]
    public async Task A_writer_learns_with_its_next_write_that_its_last_was_lost()
    {
        var store = await EmptyAsync();
        Assert.True(await store.SetProgressAsync("first", At(5, 100), Stop));

        await Store.StepBackAsync();

        Assert.False(await store.SetProgressAsync("first", At(6, 100), Stop));
        Assert.True((await store.SaveAsync("first", OneCarrier, Stop)).ContentLost);
        Assert.Null((await JoinAsync(store)).Generation);
        Assert.Null(await store.TakeProgressAsync(afresh: false, Stop));
        Assert.NotEqual(6, (await store.ProgressAsync(Stop)).GetValueOrDefault(0)?.ScoredIndex);
    }

    [Fact]
    public async Task A_writer_that_takes_what_is_left_goes_on_from_it()
    {
        var store = await EmptyAsync();
        await store.SetProgressAsync("first", At(5, 100), Stop);
        await Store.StepBackAsync();

        var left = await store.TakeProgressAsync(afresh: true, Stop);

        Assert.Equal(await store.ProgressAsync(Stop), left);
        Assert.Equal("first", (await JoinAsync(store)).Generation);
        Assert.False((await store.SaveAsync("first", OneCarrier, Stop)).ContentLost);
        Assert.NotNull(await store.TakeProgressAsync(afresh: false, Stop));
        Assert.True(await store.SetProgressAsync("first", At(6, 100), Stop));
    }

    private static Task<HotSubjects> JoinAsync(IHotStore store) =>
        store.LoadSubjectsAsync([new(SubjectKind.Carrier, new(7), new(9), 1)], [], [], Stop);
}
