using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Leases in the ledger's database; see the function ledger.hold.</summary>
internal sealed class PostgresRelayLeases(NpgsqlDataSource source) : IRelayLeases
{
    public async ValueTask<IReadOnlyList<RelayLease>> HoldAsync(
        string owner, TimeSpan duration, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        await using var command = source.CreateCommand("SELECT shard, term, relayed FROM ledger.hold($1, $2)");
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = duration });
        List<RelayLease> leases = [];
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            leases.Add(new(rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2)));
        }

        return leases;
    }

    public async ValueTask<bool> AdvanceAsync(RelayLease lease, long relayed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await using var command = source.CreateCommand(
            "UPDATE ledger.relay_shards SET relayed = greatest(relayed, $3) WHERE shard = $1 AND term = $2");
        command.Parameters.Add(new() { Value = lease.Shard });
        command.Parameters.Add(new() { Value = lease.Term });
        command.Parameters.Add(new() { Value = relayed });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    public async ValueTask ReleaseAsync(string owner, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "WITH gone AS (DELETE FROM ledger.relays WHERE owner = $1) "
            + "UPDATE ledger.relay_shards SET owner = NULL, until = NULL WHERE owner = $1");
        command.Parameters.Add(new() { Value = owner });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
