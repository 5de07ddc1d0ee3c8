using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Grpc.Core;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A note whose bytes were damaged in the ledger is the gateway's failure, not the caller's.</summary>
public sealed class DamagedNoteTests(TestEngines engines)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_answered_as_internal()
    {
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        await using var gateway = await RunningGateway.StartAsync(
            folder: null, configure: null, "--Ledger:Engine=Postgres", $"--Ledger:ConnectionString={database}",
            $"--Ledger:MigrationConnectionString={database}");
        var submitter = await gateway.AsAsync("submitter");
        var note = SampleNotes.OnTheRoad();
        await gateway.Ingress.SubmitAsync(new() { Note = note }, submitter);
        await DamageAsync(database);

        var failed = await Assert.ThrowsAsync<RpcException>(
            async () => await gateway.Ingress.GetConsignmentNoteAsync(new() { NoteId = note.NoteId }, submitter));

        Assert.Equal(StatusCode.Internal, failed.StatusCode);
    }

    private static async Task DamageAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var damage = source.CreateCommand(
            @"UPDATE ledger.entries SET payload = '\xff' WHERE length(payload) > 0");
        Assert.Equal(1, await damage.ExecuteNonQueryAsync(Cancellation));
    }
}
