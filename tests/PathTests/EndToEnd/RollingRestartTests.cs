using System.Collections.Concurrent;
using Confluent.Kafka;
using Ecmr.Inspection.V1;
using EcmrGateway.Client;
using EcmrGateway.Client.Tokens;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>
/// Two copies of each role, as processes on real engines, are replaced one after another under load: clients that know
/// both addresses see no error, and nothing is lost.
/// </summary>
public sealed class RollingRestartTests(TestEngines engines)
{
    private static readonly string[] Roles = ["ingress", "relay", "scoring", "inspection"];

    private readonly ConcurrentDictionary<string, string> _recorded = new();
    private readonly ConcurrentQueue<string> _watched = new();
    private int _lists;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_copy_is_restarted_under_load_and_clients_see_no_error()
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-rolling-").FullName;
        var settings = await engines.GatewaySettingsAsync();
        List<GatewayProcess> copies = [];
        try
        {
            foreach (var role in Roles.Concat(Roles))
            {
                copies.Add(await GatewayProcess.StartAsync(
                    [
                        .. settings, $"--Roles={role}", $"--Ledger:Folder={folder}",
                        "--Shutdown:DrainDelay=00:00:00.500",
                    ]));
            }

            using var submitter = await ClientAsync(copies[0], copies[4], "submitter");
            using var inspector = await ClientAsync(copies[3], copies[7], "inspector");
            await RestartUnderLoadAsync(copies, settings, submitter, inspector);
            foreach (var note in _recorded.Keys)
            {
                await submitter.GetAsync(note, Cancellation);
            }

            var ranked = await RankAsync(inspector);
            Assert.NotEmpty(ranked);
            Assert.Equal(await RecomputedAsync(folder, settings), ranked);
        }
        finally
        {
            foreach (var copy in copies)
            {
                await copy.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task RestartUnderLoadAsync(
        List<GatewayProcess> copies, string[] settings, GatewayClient submitter, GatewayClient inspector)
    {
        using var enough = new CancellationTokenSource();
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task[] load =
        [
            Task.Run(() => SubmitAsync(submitter, enough.Token), Cancellation),
            Task.Run(() => SubmitAsync(submitter, enough.Token), Cancellation),
            Task.Run(() => StreamAsync(submitter, enough.Token), Cancellation),
            Task.Run(() => ListAsync(inspector, enough.Token), Cancellation),
        ];
        var watching = Task.Run(() => WatchAsync(submitter, watched.Token), Cancellation);
        var ranking = Task.Run(() => WatchRankingAsync(inspector, watched.Token), Cancellation);
        for (var number = 0; number < copies.Count; number++)
        {
            var (copy, role) = (copies[number], Roles[number % Roles.Length]);
            var (notes, lists) = (_recorded.Count, Volatile.Read(ref _lists));
            await copy.TerminateAsync();
            Assert.Equal(0, await copy.EndAsync());

            // At once, not when a lease or a session has run out.
            Assert.Equal(1, role == "relay" ? await RelaysAsync(settings) : 1);
            Assert.Equal(1, role == "scoring" ? await MembersAsync(settings) : 1);
            await WaitAsync(() => _recorded.Count > notes && Volatile.Read(ref _lists) > lists, load);
            await copy.StartAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);
        await WaitAsync(() => _watched.Count >= _recorded.Count, watching, ranking);
        await watched.CancelAsync();
        await Task.WhenAll(watching, ranking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.Equal(_recorded.Keys.Order(), _watched.Order());
    }

    private async Task SubmitAsync(GatewayClient client, CancellationToken enough)
    {
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var answer = await client.SubmitAsync(Note(number), requestId: null, Cancellation);
            Keep(answer);
        }
    }

    private async Task StreamAsync(GatewayClient client, CancellationToken enough)
    {
        await foreach (var answer in client.SubmitManyAsync(NotesAsync(enough), Cancellation))
        {
            Keep(answer);
        }
    }

    private async Task ListAsync(GatewayClient client, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await client.CallAsync(
                options => client.Inspection.ListRankedVehiclesAsync(new() { Area = "rotterdam" }, options),
                Cancellation);
            Interlocked.Increment(ref _lists);
        }
    }

    private async Task WatchAsync(GatewayClient client, CancellationToken cancellation)
    {
        await foreach (var seen in client.WatchAsync(resumeToken: null, includeNotes: false, cancellation))
        {
            if (seen.NoteId.Length > 0)
            {
                _watched.Enqueue(seen.NoteId);
            }
        }
    }

    private static async Task WatchRankingAsync(GatewayClient client, CancellationToken cancellation)
    {
        await foreach (var list in client.WatchRankedAsync(new() { Area = "rotterdam" }, cancellation))
        {
            Assert.NotNull(list.Completeness);
        }
    }

    /// <summary>Relays that the ledger knows of.</summary>
    private static async Task<long> RelaysAsync(string[] settings)
    {
        await using var source = NpgsqlDataSource.Create(Settings.Of(settings, "Ledger:ConnectionString"));
        await using var count = source.CreateCommand("SELECT count(*) FROM ledger.relays");
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Members of the consumer group that the broker knows of.</summary>
    private static async Task<long> MembersAsync(string[] settings)
    {
        var brokers = Settings.Of(settings, "Stream:Kafka:BootstrapServers");
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = brokers }).Build();
        var groups = await admin.DescribeConsumerGroupsAsync([Settings.Of(settings, "Stream:Kafka:Group")]);
        return groups.ConsumerGroupDescriptions[0].Members.Count;
    }

    private void Keep(Client.Submit.SubmitAnswer answer)
    {
        Assert.True(answer.Error is null, $"{answer.Error?.Code} {answer.Error?.Reason}: {answer.Error?.Message}");
        Assert.True(_recorded.TryAdd(answer.Note.NoteId, answer.Recorded!.Receipt.ToString()));
    }

    /// <summary>From the ledger alone, without the topic and without what is in Redis.</summary>
    private static async Task<List<RankedVehicle>> RecomputedAsync(string folder, string[] settings)
    {
        await using var gateway = await RunningGateway.StartAsync(
            folder, configure: null,
            [
                .. settings, "--Roles=scoring,inspection", "--Stream:Engine=Ledger", "--HotStore:Engine=Embedded",
            ]);
        await gateway.WaitUntilRankedAsync();
        var list = await gateway.Inspection.ListRankedVehiclesAsync(
            new() { Area = "rotterdam", PageSize = 500 }, await gateway.AsAsync("inspector", "ilt"));
        return [.. list.Vehicles];
    }

    private static async Task<List<RankedVehicle>> RankAsync(GatewayClient inspector)
    {
        ListRankedVehiclesResponse list;
        do
        {
            await GatewayProcess.PauseAsync();
            list = await inspector.CallAsync(
                options => inspector.Inspection.ListRankedVehiclesAsync(
                    new() { Area = "rotterdam", PageSize = 500 }, options),
                Cancellation);
        }
        while (list.Completeness.RebuiltPercent < 100
            || list.Completeness.ScoredPosition < list.Completeness.NewestPosition);
        return [.. list.Vehicles];
    }

    private static async Task<GatewayClient> ClientAsync(GatewayProcess one, GatewayProcess other, string role) =>
        new(new()
        {
            Address = one.GrpcAddress,
            MoreAddresses = [other.GrpcAddress],
            Tokens = new StaticToken(await one.TokenAsync(role)),
        });

    private static async IAsyncEnumerable<Ecmr.Note.V1.ConsignmentNote> NotesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken enough)
    {
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            yield return Note(number);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    private static Ecmr.Note.V1.ConsignmentNote Note(int number) => SampleNotes.OnTheRoad(
        plate: $"{10 + (number % 37)}-BCD-{number % 7}", carrier: $"NL1234567{10 + (number % 40)}B01",
        massKg: $"{10_000 + (number % 100 * 100)}");

    private static async Task WaitAsync(Func<bool> reached, params Task[] load)
    {
        while (!reached())
        {
            if (load.FirstOrDefault(one => one.IsCompleted) is { } ended)
            {
                // Its failure says more than a time-out would.
                await ended;
                Assert.Fail("The load has ended.");
            }

            await GatewayProcess.PauseAsync();
        }
    }
}
