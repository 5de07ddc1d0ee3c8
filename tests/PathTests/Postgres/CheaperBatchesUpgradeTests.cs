using System.Text;
using EcmrGateway.Engines;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>Tables from before batches were cheaper, and a program of then that runs on.</summary>
public sealed class CheaperBatchesUpgradeTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-cheaper-").FullName;
    private PostgresServer? _server;
    private NpgsqlDataSource? _program;
    private string _owner = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Program => _program ?? throw new InvalidOperationException("There is no database.");

    private PostgresQueries Queries => new(Program, "log");

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.FindNodeAsync();
        Assert.SkipWhen(_server is null, PostgresServer.MissingNode);
        _owner = await _server.CreateDatabaseAsync();
        await LedgerLogin.RunAsync(
            _owner, "CREATE ROLE ecmr_gateway NOLOGIN; CREATE ROLE ecmr_fact_reader NOLOGIN ROLE ecmr_gateway");
        await OlderTables.CreateAsync(_owner, "0004");
        await LedgerLogin.RunAsync(
            _owner, "INSERT INTO ledger.shards VALUES (0, 0, -1, '', 0, '', ''), (1, 0, -1, '', 0, '', '')");
        var login = await LedgerLogin.CreateAsync(_owner, PostgresSource.Gateway);
        _program = PostgresSource.Open(new() { ConnectionString = login }, LedgerAccess.Append);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_was_recorded_is_listed_and_is_in_the_histories_that_are_read()
    {
        await AppendAsBeforeAsync(shard: 0, size: 0, count: 600);
        await AppendAsBeforeAsync(shard: 1, size: 0, count: 3);

        await MigrateAsync();

        Assert.Equal(Places(0, 0, 600, party: 0), await ListAsync("P0", [-1, -1], limit: 1_000, shard: 0));
        Assert.Equal(Places(0, 301, 600, party: 1), await ListAsync("P1", [300, 2], limit: 1_000, shard: 0));
        Assert.Equal(["0:598", "1:0", "1:2"], await ListAsync("P0", [597, -1], limit: 1_000));
        Assert.Equal(["0:300", "0:302"], await ListAsync("P0", [299, -1], limit: 2));
        Assert.Equal(["1:2", "0:2"], await HistoryAsync(SubjectKind.Vehicle, 2));
        Assert.Empty(await HistoryAsync(SubjectKind.Carrier, 2));
    }

    [Fact]
    public async Task A_program_of_before_goes_on_and_its_entries_are_listed()
    {
        await AppendAsBeforeAsync(shard: 0, size: 0, count: 5);
        Assert.Equal(["0:2"], await HistoryAsBeforeAsync(vehicle: 2));
        await MigrateAsync();

        await AppendAsBeforeAsync(shard: 0, size: 5, count: 4);

        Assert.Equal(["0:0", "0:2", "0:4", "0:5", "0:7"], await ListAsync("P0", [-1, -1], limit: 100));
        Assert.Equal(["0:1", "0:3", "0:6", "0:8"], await ListAsync("P1", [-1, -1], limit: 100));
        Assert.Equal(["0:6", "0:1"], await HistoryAsync(SubjectKind.Vehicle, 1));
        Assert.Equal(["0:6", "0:1"], await HistoryAsBeforeAsync(vehicle: 1));
        var again = await Assert.ThrowsAsync<PostgresException>(() => AppendAsBeforeAsync(0, size: 9, count: 1, id: 2));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, again.SqlState);
        Assert.True(await AppendAsBeforeAsync(shard: 0, size: 1, count: 1), "The shard is not of that size.");
    }

    /// <remarks>It would write to where nobody reads; now it fails as a whole, and is sent again.</remarks>
    [Fact]
    public async Task A_call_that_was_on_its_way_during_the_migration_is_refused_as_a_whole()
    {
        await MigrateAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => ExecuteAsync("INSERT INTO ledger.subjects VALUES ('', 0, 0, 0)"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private Task<MigrationResult> MigrateAsync() => LedgerMigration.RunAsync(
        new()
        {
            Engine = LedgerOptions.Postgres,
            Folder = _folder,
            ConnectionString = _owner,
            MigrationConnectionString = _owner,
        },
        TimeProvider.System, Cancellation);

    private async Task<List<string>> ListAsync(string party, long[] after, int limit, int? shard = null)
    {
        var entries = await Queries.PartyAsync(EntryKind.Note, party, LedgerMark.Of(after), limit, Cancellation);
        Assert.All(entries, entry => Assert.Equal(party, entry.Party));
        return [.. entries.Where(entry => shard is null || entry.Position.Shard == shard)
            .Select(entry => entry.Position.ToString())];
    }

    private async Task<IEnumerable<string>> HistoryAsync(SubjectKind kind, int subject)
    {
        var read = new SubjectRead(kind, new((UInt128)subject), EntryKind.Note, Since: null, Limit: 10);
        return (await Queries.SubjectsAsync([read], Cancellation))[0].Select(fact => fact.Position.ToString());
    }

    private async Task<List<string>> HistoryAsBeforeAsync(int vehicle)
    {
        await using var command = Program.CreateCommand(
            "SELECT shard || ':' || idx FROM ledger.histories(ARRAY[$1], ARRAY[0::bigint], ARRAY[10])");
        command.Parameters.Add(new() { Value = Subject(SubjectKind.Vehicle, vehicle) });
        List<string> places = [];
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        while (await rows.ReadAsync(Cancellation))
        {
            places.Add(rows.GetString(0));
        }

        return places;
    }

    /// <summary>Notes of the parties P0 and P1 by turns, each of a vehicle and a carrier of its number.</summary>
    /// <returns>Whether the shard had another size, and nothing was written.</returns>
    private async Task<bool> AppendAsBeforeAsync(int shard, long size, int count, int? id = null)
    {
        var notes = Enumerable.Range(0, count).ToList();
        byte[][] Each(Func<int, string> text) => [.. notes.Select(note => Encoding.UTF8.GetBytes(text(note)))];
        await using var command = Program.CreateCommand(
            "SELECT moved FROM ledger.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
            + "$16, $17, $18, $19, $20, $21, $22, $23, '{}', '{}', '{}')");
        var hashes = Each(_ => "hash");
        object[] values =
        [
            shard, size, notes.Select(_ => (short)1).ToArray(), Each(note => $"P{note % 2}"),
            Each(note => $"{id ?? note + size}-{(id is null ? shard : 0)}"), Each(note => $"{note + size}-{shard}"),
            notes.Select(_ => 1).ToArray(), notes.Select(note => size + note).ToArray(), hashes, hashes,
            Each(_ => "payload"), notes.ToArray(), Each(_ => "fact"), notes.Select(_ => "").ToArray(),
            notes.SelectMany(note => new[] { note, note }).ToArray(),
            notes.SelectMany(note => new[]
            {
                Subject(SubjectKind.Vehicle, note), Subject(SubjectKind.Carrier, note),
            }).ToArray(),
            notes.SelectMany(note => new[] { shard + size + note, size + note }).ToArray(),
            size + count - 1, hashes[0], 0L, hashes[0], hashes[0], hashes[0],
        ];
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return (bool)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static byte[] Subject(SubjectKind kind, int number) =>
        [(byte)kind, .. new Pseudonym((UInt128)number).ToBytes(), (byte)EntryKind.Note];

    private static IEnumerable<string> Places(int shard, int first, int end, int party) =>
        Enumerable.Range(first, end - first).Where(index => index % 2 == party).Select(index => $"{shard}:{index}");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Program.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
