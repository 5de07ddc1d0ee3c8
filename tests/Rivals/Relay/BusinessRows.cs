using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace EcmrGateway.Rivals.Relay;

/// <summary>What an outbox is for: a row of the caller's own in the same transaction as the message.</summary>
/// <remarks>As large as a note of the ledger, in a plain table, all rows of a transaction in one command.</remarks>
internal static class BusinessRows
{
    /// <summary>Of a note: what the ledger keeps beside the fact.</summary>
    public static readonly byte[] Payload = RandomNumberGenerator.GetBytes(1_900);

    public static async Task CreateTableAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            CREATE TABLE note (id uuid PRIMARY KEY, payload bytea NOT NULL);
            ALTER TABLE note ALTER COLUMN payload SET STORAGE EXTERNAL;
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Inserts rows in the transaction that the connection is in.</summary>
    public static async Task InsertAsync(NpgsqlConnection connection, int count)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO note SELECT * FROM unnest($1, $2)";
        command.Parameters.Add(new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            Value = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray(),
        });
        command.Parameters.Add(new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
            Value = Enumerable.Repeat(Payload, count).ToArray(),
        });
        await command.ExecuteNonQueryAsync();
    }
}
