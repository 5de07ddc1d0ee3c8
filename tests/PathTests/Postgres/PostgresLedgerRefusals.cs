using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

public sealed partial class PostgresLedgerTests
{
    [Theory]
    [InlineData("UPDATE ledger.entries SET payload = ''")]
    [InlineData("DELETE FROM ledger.entries")]
    [InlineData("DELETE FROM ledger.facts")]
    [InlineData("UPDATE ledger.ids SET idx = 0")]
    [InlineData("DELETE FROM ledger.requests")]
    [InlineData("UPDATE ledger.batches SET root = ''")]
    [InlineData("DROP TABLE ledger.entries")]
    [InlineData("TRUNCATE ledger.entries")]
    public async Task A_gateway_s_role_cannot_change_what_is_recorded(string sql)
    {
        await using var ledger = await OpenAsync();
        await using var source = PostgresSource.Open(Options(), LedgerAccess.Append);
        await using var command = source.CreateCommand(sql);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_database_without_a_ledger_is_refused_unless_it_may_be_made()
    {
        var refused = await Assert.ThrowsAsync<LedgerOpenException>(() => PostgresNoteLedger.OpenAsync(
            Options() with { MigrationConnectionString = "" }, TimeProvider.System, NullLoggerFactory.Instance,
            Cancellation));

        Assert.Contains("Ledger:MigrationConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_gateway_cannot_erase()
    {
        await (await OpenAsync()).DisposeAsync();
        await using var ledger = await PostgresNoteLedger.OpenAsync(
            Options() with { MigrationConnectionString = "" }, TimeProvider.System, NullLoggerFactory.Instance,
            Cancellation);
        var position = (await ledger.AppendAsync(Draft(1), Cancellation)).Position;

        var refused = await Assert.ThrowsAsync<LedgerOpenException>(
            async () => await ledger.EraseAsync(position, Cancellation));

        Assert.Contains("Ledger:MigrationConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.False((await ledger.ReadAsync(position, Cancellation))!.IsErased);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        await RunAsOwnerAsync(
            "INSERT INTO ledger.migrations (scriptname, applied) VALUES ('9999_later.sql', now())");

        var refused = await Assert.ThrowsAsync<LedgerOpenException>(() => OpenAsync());

        Assert.Contains("9999_later.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_runs_goes_on_when_a_newer_one_migrates()
    {
        await using var ledger = await OpenAsync();
        var before = await ledger.AppendAsync(Draft(1), Cancellation);
        await RunAsOwnerAsync(
            "ALTER TABLE ledger.entries ADD COLUMN later text; ALTER TABLE ledger.facts ADD COLUMN later text;"
            + "ALTER TABLE ledger.batches ADD COLUMN later text; ALTER TABLE ledger.ids ADD COLUMN later text;"
            + "ALTER TABLE ledger.requests ADD COLUMN later text; ALTER TABLE ledger.subjects ADD COLUMN later text;"
            + "ALTER TABLE ledger.shards ADD COLUMN later text; CREATE TABLE ledger.later (number bigint);"
            + "INSERT INTO ledger.migrations (scriptname, applied) VALUES ('9999_later.sql', now())");

        // What it had prepared before and what it prepares now; its own connections and new ones.
        for (var number = 2; number < 100; number++)
        {
            Assert.Equal(AppendStatus.Appended, (await ledger.AppendAsync(Draft(number), Cancellation)).Status);
        }

        var again = await ledger.AppendAsync(Draft(1), Cancellation);
        Assert.Equal((AppendStatus.AlreadyAppended, before.Receipt), (again.Status, again.Receipt));
        Assert.NotNull(await ledger.ReadAsync(before.Position, Cancellation));
        Assert.Equal(before.Receipt, await ledger.ReadReceiptAsync(before.Position, Cancellation));
        Assert.NotNull(await ledger.FindAsync(EntryKind.Note, "NL1", "N-99", Cancellation));
        Assert.NotEmpty(await ledger.ReadFactsAsync(before.Position.Shard, -1, 10, Cancellation));
    }

    [Theory]
    [InlineData("tree-head.key", "Ledger:SigningKeyFile")]
    [InlineData("pseudonym.key", "Ledger:PseudonymKeyFile")]
    [InlineData("token.key", "Ledger:TokenKeyFile")]
    public async Task Another_key_is_refused(string file, string setting)
    {
        await (await OpenAsync()).DisposeAsync();
        File.Delete(Path.Combine(_folder, "keys", file));

        var refused = await Assert.ThrowsAsync<LedgerOpenException>(() => OpenAsync());

        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_was_tampered_with_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        await RunAsOwnerAsync("UPDATE ledger.shards SET root = sha256(root) WHERE shard = 3");

        await Assert.ThrowsAsync<LedgerOpenException>(() => OpenAsync());
    }

    [Fact]
    public async Task A_database_that_is_away_is_waited_for_and_then_told()
    {
        var refused = await Assert.ThrowsAsync<LedgerOpenException>(() => PostgresNoteLedger.OpenAsync(
            Options() with
            {
                ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody",
                MigrationConnectionString = "",
                OpenTimeout = TimeSpan.FromMilliseconds(100),
                ReopenDelay = TimeSpan.FromMilliseconds(20),
            },
            TimeProvider.System, NullLoggerFactory.Instance, Cancellation));

        Assert.Contains("Ledger:ConnectionString", refused.Message, StringComparison.Ordinal);
    }
}
