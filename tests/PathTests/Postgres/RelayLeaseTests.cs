using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.PathTests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

public sealed class RelayLeaseTests(TestEngines engines) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-leases-").FullName;
    private string _database = "";
    private PostgresNoteLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IRelayLeases Leases => _ledger.RelayLeases;

    public async ValueTask InitializeAsync()
    {
        _database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        _ledger = await PostgresNoteLedger.OpenAsync(
            new LedgerOptions
            {
                Engine = LedgerOptions.Postgres,
                Folder = _folder,
                ConnectionString = _database,
                MigrationConnectionString = _database,
                Shards = 5,
            },
            TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_lone_relay_gets_all_shards_from_their_beginning_and_keeps_them()
    {
        var first = await Leases.HoldAsync("a", Long, Cancellation);
        var renewed = await Leases.HoldAsync("a", Long, Cancellation);

        Assert.Equal([0, 1, 2, 3, 4], first.Select(lease => lease.Shard));
        Assert.All(first, lease => Assert.Equal(-1, lease.Relayed));
        Assert.Equal(first, renewed);
    }

    [Fact]
    public async Task A_second_relay_gets_its_share_as_soon_as_the_first_gives_it_up()
    {
        await Leases.HoldAsync("a", Long, Cancellation);

        Assert.Empty(await Leases.HoldAsync("b", Long, Cancellation));
        Assert.Equal(3, (await Leases.HoldAsync("a", Long, Cancellation)).Count);
        Assert.Equal(2, (await Leases.HoldAsync("b", Long, Cancellation)).Count);
    }

    [Fact]
    public async Task No_shard_is_held_by_two_whoever_asks_at_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var held = await Task.WhenAll(Enumerable.Range(0, 7).Select(
                owner => Leases.HoldAsync($"relay-{owner}", Long, Cancellation).AsTask()));

            Assert.All(
                held.SelectMany(leases => leases).GroupBy(lease => lease.Shard),
                leases => Assert.True(leases.Count() <= 2));
        }

        var settled = new List<RelayLease>();
        for (var owner = 0; owner < 7; owner++)
        {
            settled.AddRange(await Leases.HoldAsync($"relay-{owner}", Long, Cancellation));
        }

        Assert.Equal([0, 1, 2, 3, 4], settled.Select(lease => lease.Shard).Order());
    }

    [Fact]
    public async Task The_place_moves_on_and_never_back_and_the_next_owner_finds_it()
    {
        var lease = (await Leases.HoldAsync("a", Long, Cancellation))[2];

        Assert.True(await Leases.AdvanceAsync(lease, 7, Cancellation));
        Assert.True(await Leases.AdvanceAsync(lease, 5, Cancellation));
        await Leases.ReleaseAsync("a", Cancellation);

        var next = (await Leases.HoldAsync("b", Long, Cancellation))[2];
        Assert.Equal(7, next.Relayed);
        Assert.True(next.Term > lease.Term);
    }

    [Fact]
    public async Task Who_lost_a_shard_can_no_longer_move_its_place()
    {
        var lost = (await Leases.HoldAsync("a", Long, Cancellation))[0];
        await EndLeasesAsync();
        var held = (await Leases.HoldAsync("b", Long, Cancellation))[0];

        Assert.False(await Leases.AdvanceAsync(lost, 9, Cancellation));
        Assert.True(await Leases.AdvanceAsync(held, 3, Cancellation));
        Assert.Equal(3, (await Leases.HoldAsync("b", Long, Cancellation))[0].Relayed);
    }

    [Fact]
    public async Task A_relay_that_came_back_after_its_leases_ended_begins_a_new_term()
    {
        var before = await Leases.HoldAsync("a", Long, Cancellation);
        await EndLeasesAsync();
        var after = await Leases.HoldAsync("a", Long, Cancellation);

        Assert.All(before.Zip(after), pair => Assert.True(pair.Second.Term > pair.First.Term));
    }

    /// <summary>As when their time is over.</summary>
    private async Task EndLeasesAsync()
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(
            "UPDATE ledger.relays SET until = now() - interval '1 second'; "
            + "UPDATE ledger.relay_shards SET until = now() - interval '1 second' WHERE until IS NOT NULL");
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
