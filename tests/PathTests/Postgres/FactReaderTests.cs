using System.Security.Cryptography;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.PathTests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>
/// Relay or scoring as a process of its own, whose login is a member of the role that reads facts alone.
/// </summary>
public sealed class FactReaderTests(TestEngines engines) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-fact-reader-").FullName;
    private string _database = "";
    private string _login = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        await LedgerMigration.RunAsync(
            Options(_database) with { MigrationConnectionString = _database }, TimeProvider.System, Cancellation);
        _login = await LedgerLogin.CreateAsync(_database, PostgresSource.FactReader);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("SELECT payload FROM ledger.entries")]
    [InlineData("SELECT party, id FROM ledger.entries")]
    [InlineData("SELECT count(*) FROM ledger.entries")]
    [InlineData("SELECT id FROM ledger.ids")]
    [InlineData("SELECT party FROM ledger.party_batches")]
    [InlineData("SELECT ledger.listed('', 1::smallint, '{}', 1)")]
    [InlineData("SELECT request_id FROM ledger.requests")]
    [InlineData("SELECT pseudonym_check, token_check FROM ledger.identity")]
    [InlineData("SELECT frontier FROM ledger.shards")]
    [InlineData("SELECT leaves FROM ledger.batches")]
    [InlineData("SELECT hash FROM ledger.nodes")]
    [InlineData("SELECT ledger.find('{}', '{}', '{}', '{}')")]
    public async Task It_reads_no_note_no_id_and_nothing_of_a_key(string sql) => await AssertRefusedAsync(sql);

    [Theory]
    [InlineData("INSERT INTO ledger.entries SELECT 0, 9, 1, '', '', 1, 0, '', '', ''")]
    [InlineData("INSERT INTO ledger.facts VALUES (0, 9, 0, '', '')")]
    [InlineData("INSERT INTO ledger.subject_facts SELECT * FROM ledger.subject_facts")]
    [InlineData("INSERT INTO ledger.party_batches VALUES ('', 1, 0, 9, 8, '{}')")]
    [InlineData("INSERT INTO ledger.ids VALUES ('', 1, '', 0, 9)")]
    [InlineData("INSERT INTO ledger.requests VALUES ('', '', 0, 9)")]
    [InlineData("INSERT INTO ledger.batches VALUES (0, 9, '', 0, '', '')")]
    [InlineData("INSERT INTO ledger.nodes VALUES (0, 0, 9, '')")]
    [InlineData("INSERT INTO ledger.identity VALUES (true, '', 1, '', '')")]
    [InlineData("INSERT INTO ledger.shards VALUES (99, 0, -1, '', 0, '', '')")]
    [InlineData("INSERT INTO ledger.relay_shards (shard) VALUES (99)")]
    [InlineData("UPDATE ledger.shards SET size = 0")]
    [InlineData("UPDATE ledger.facts SET fact = ''")]
    [InlineData("UPDATE ledger.relay_shards SET shard = shard + 1")]
    [InlineData("DELETE FROM ledger.facts")]
    [InlineData("DELETE FROM ledger.relay_shards")]
    public async Task It_adds_and_changes_nothing_that_is_recorded(string sql) => await AssertRefusedAsync(sql);

    [Theory]
    [InlineData("SET ROLE ecmr_gateway")]
    [InlineData("SET ROLE NONE; SELECT payload FROM ledger.entries")]
    public async Task It_cannot_take_on_more(string sql) => await AssertRefusedAsync(sql);

    [Fact]
    public async Task The_role_has_these_rights_and_no_others()
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(
            """
            SELECT string_agg(line, E'\n' ORDER BY line) FROM (
              SELECT relname || ': ' || string_agg(privilege_type, ', ' ORDER BY privilege_type)
              FROM pg_class, aclexplode(relacl) WHERE grantee = $1::regrole GROUP BY relname
              UNION ALL
              SELECT relname || ': ' || privilege_type || ' ' || string_agg(attname, ', ' ORDER BY attname)
              FROM pg_attribute JOIN pg_class r ON r.oid = attrelid, aclexplode(attacl)
              WHERE grantee = $1::regrole GROUP BY relname, privilege_type
              UNION ALL
              SELECT proname || ': ' || privilege_type FROM pg_proc, aclexplode(proacl) WHERE grantee = $1::regrole
              UNION ALL
              SELECT nspname || ': ' || privilege_type FROM pg_namespace, aclexplode(nspacl)
              WHERE grantee = $1::regrole) AS rights (line)
            """);
        command.Parameters.Add(new() { Value = PostgresSource.FactReader });

        Assert.Equal(
            """
            facts: SELECT
            histories: EXECUTE
            histories: EXECUTE
            hold: EXECUTE
            identity: SELECT log_id, shards
            ledger: USAGE
            migrations: SELECT
            relay_shards: SELECT
            relay_shards: UPDATE owner, relayed, term, until
            relays: DELETE, INSERT, SELECT
            relays: UPDATE until
            shards: SELECT fact_index, root, shard, signature, size, time_ms
            subject_facts: SELECT
            subjects: SELECT
            """.Split('\n').Order(StringComparer.Ordinal),
            ((string)(await command.ExecuteScalarAsync(Cancellation))!).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_has_what_reading_and_relaying_needs()
    {
        await using var appending = await OpenAsync(_database, LedgerAccess.Append);
        var position = (await appending.AppendAsync(Draft(), Cancellation)).Position;
        await using var reading = await PostgresNoteLedger.OpenAsync(
            Options(_login) with { PublicKeyFile = Path.Combine(_folder, "keys", "tree-head.pub") },
            LedgerAccess.ReadFacts, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);

        Assert.Equal(position, Assert.Single(await reading.ReadFactsAsync(0, 0, 10, Cancellation)).Position);
        Assert.Equal(position, Assert.Single(await reading.ReadFactsBackwardAsync(0, 9, 10, Cancellation)).Position);
        Assert.Equal(position, Assert.Single(await reading.ReadSubjectAsync(
            new(SubjectKind.Carrier, new(7), EntryKind.Note, Since: null, Limit: 10), Cancellation)).Position);

        var leases = reading.RelayLeases;
        var lease = Assert.Single(await leases.HoldAsync("a", Long, Cancellation));
        Assert.True(await leases.AdvanceAsync(lease, position.Index, Cancellation));
        await leases.ReleaseAsync("a", Cancellation);
        Assert.Equal(
            position.Index, Assert.Single(await leases.HoldAsync("b", Long, Cancellation)).Relayed);
    }

    [Fact]
    public async Task A_login_of_every_process_is_a_member_of_ecmr_gateway_and_does_for_both()
    {
        var login = await LedgerLogin.CreateAsync(_database, PostgresSource.Gateway);
        await using var appending = await OpenAsync(login, LedgerAccess.Append);
        await using var reading = await OpenAsync(login, LedgerAccess.ReadFacts);

        var appended = await appending.AppendAsync(Draft(), Cancellation);

        Assert.NotNull(await appending.ReadAsync(appended.Position, Cancellation));
        Assert.Single(await reading.ReadFactsAsync(0, 0, 10, Cancellation));
        await Assert.ThrowsAsync<PostgresException>(
            async () => await reading.ReadAsync(appended.Position, Cancellation));
    }

    [Theory]
    [InlineData("", LedgerAccess.ReadFacts, PostgresSource.FactReader)]
    [InlineData("", LedgerAccess.Append, PostgresSource.Gateway)]
    [InlineData(PostgresSource.FactReader, LedgerAccess.Append, PostgresSource.Gateway)]
    public async Task A_login_that_is_not_a_member_is_told_of_which_role_in_one_line(
        string memberOf, LedgerAccess access, string needed)
    {
        var login = await LedgerLogin.CreateAsync(_database, memberOf);

        var refused = await Assert.ThrowsAsync<LedgerOpenException>(() => OpenAsync(login, access));

        Assert.Contains("Ledger:ConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"not a member of the role {needed}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"GRANT {needed} TO", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private async Task AssertRefusedAsync(string sql)
    {
        await using var source = PostgresSource.Open(Options(_login), LedgerAccess.ReadFacts);
        await using var command = source.CreateCommand(sql);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private Task<PostgresNoteLedger> OpenAsync(string database, LedgerAccess access) => PostgresNoteLedger.OpenAsync(
        Options(database), access, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);

    private LedgerOptions Options(string database) => new()
    {
        Engine = LedgerOptions.Postgres,
        Folder = _folder,
        ConnectionString = database,
        ReopenDelay = TimeSpan.FromMilliseconds(50),
        OpenTimeout = TimeSpan.Zero,
        Shards = 1,
    };

    private static EntryDraft Draft() => new()
    {
        Kind = EntryKind.Note,
        Party = "acme",
        Id = "note-1",
        RequestId = "request-1",
        Payload = new byte[] { 1 },
        Fact = new byte[] { 2 },
        Subjects = [new(SubjectKind.Carrier, new(7), TimeProvider.System.GetUtcNow())],
        ContentSha256 = SHA256.HashData([1]),
        ReceivedTime = TimeProvider.System.GetUtcNow(),
    };
}
