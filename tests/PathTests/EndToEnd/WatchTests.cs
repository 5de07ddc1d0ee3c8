using EcmrGateway.PathTests.Gateway;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A watch tells every note of the party once, from wherever it left off.</summary>
public class WatchTests : GatewayTests
{
    [Fact]
    public async Task A_resumed_watch_skips_nothing_and_repeats_nothing_across_a_restart()
    {
        var gateway = await StartAsync();
        try
        {
            var submitted = await SubmitAsync(gateway, 20);
            var (seen, token) = await ReadAsync(gateway, "", 7);
            gateway = await gateway.RestartAsync();
            submitted.AddRange(await SubmitAsync(gateway, 5));
            var (rest, _) = await ReadAsync(gateway, token, 18);

            Assert.Equal(submitted, [.. seen, .. rest]);
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_watch_that_runs_while_notes_come_in_tells_them_all_in_order()
    {
        await using var gateway = await StartAsync();
        var reading = ReadAsync(gateway, "", 200);
        var submitting = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SubmitAsync(gateway, 50)));

        var (seen, _) = await reading;
        var submitted = (await submitting).SelectMany(ids => ids);

        Assert.Equal(submitted.Order(), seen.Order());
    }

    [Fact]
    public async Task A_token_of_another_party_is_refused()
    {
        await using var gateway = await StartAsync();
        await SubmitAsync(gateway, 1);
        var (_, token) = await ReadAsync(gateway, "", 1);

        using var watch = gateway.Ingress.WatchConsignmentNotes(
            new() { ResumeToken = token }, await gateway.AsAsync("submitter", "other"));
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal("RESUME_TOKEN_INVALID", refused.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
    }

    [Fact]
    public async Task Stopping_the_gateway_ends_a_watch_with_UNAVAILABLE()
    {
        var gateway = await StartAsync();
        using var watch = gateway.Ingress.WatchConsignmentNotes(new(), await gateway.AsAsync("submitter"));
        await SubmitAsync(gateway, 1);
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var next = watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        var stopping = gateway.DisposeAsync();

        var ended = await Assert.ThrowsAsync<RpcException>(() => next);
        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        await stopping;
    }

    private static async Task<List<string>> SubmitAsync(RunningGateway gateway, int count)
    {
        var headers = await gateway.AsAsync("submitter");
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var note = SampleNotes.OnTheRoad();
            await gateway.Ingress.SubmitAsync(new() { Note = note }, headers);
            ids.Add(note.NoteId);
        }

        return ids;
    }

    private static async Task<(List<string> Ids, string Token)> ReadAsync(
        RunningGateway gateway, string token, int count)
    {
        using var watch = gateway.Ingress.WatchConsignmentNotes(
            new() { ResumeToken = token }, await gateway.AsAsync("submitter"));
        var ids = new List<string>();
        while (ids.Count < count && await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            token = watch.ResponseStream.Current.ResumeToken;
            if (watch.ResponseStream.Current.NoteId.Length > 0)
            {
                ids.Add(watch.ResponseStream.Current.NoteId);
            }
        }

        return (ids, token);
    }
}
