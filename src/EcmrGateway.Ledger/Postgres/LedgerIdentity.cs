using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Ledger.Keys;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>What all processes of a ledger must agree on. The first that opens it lays it down.</summary>
/// <remarks>
/// A process with another pseudonym key would give a vehicle a second pseudonym and nobody would notice, so it does not
/// start. What is kept is not the key and does not lead to it.
/// </remarks>
internal sealed record LedgerIdentity(string LogId, int Shards, byte[] PseudonymCheck, byte[] TokenCheck)
{
    private const int CheckLength = 16;

    private static readonly Dictionary<string, string> Reasons = new()
    {
        [nameof(LedgerOptions.SigningKeyFile)] = "receipts name it",
        [nameof(LedgerOptions.PseudonymKeyFile)] = "facts are made with it",
        [nameof(LedgerOptions.TokenKeyFile)] = "clients hold tokens of it",
    };

    /// <exception cref="LedgerOpenException">A key file cannot be read, or holds no such key.</exception>
    public static LedgerIdentity Of(LedgerOptions options, string logId) => new(
        logId, options.Shards, CheckOf(options.PseudonymKeyPath, "pseudonym"), CheckOf(options.TokenKeyPath, "token"));

    /// <summary>Lays this down where nothing is, and tells what holds.</summary>
    /// <exception cref="LedgerOpenException">Something else holds; the message names the setting.</exception>
    public async Task<LedgerIdentity> AgreeAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using (var command = source.CreateCommand(
            "INSERT INTO ledger.identity (log_id, shards, pseudonym_check, token_check) VALUES ($1, $2, $3, $4) "
            + "ON CONFLICT DO NOTHING"))
        {
            command.Parameters.Add(new() { Value = LogId });
            command.Parameters.Add(new() { Value = Shards });
            command.Parameters.Add(new() { Value = PseudonymCheck });
            command.Parameters.Add(new() { Value = TokenCheck });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        var held = (await HeldAsync(source, cancellation))!;
        foreach (var setting in held.DifferencesFrom(this))
        {
            throw new LedgerOpenException(
                $"The ledger in the database was made with another key than that of Ledger:{setting}. "
                + $"Put that key there: {Reasons[setting]}.");
        }

        return held;
    }

    /// <summary>As much as a process may read that has none of the keys.</summary>
    /// <returns>Null: nothing is laid down yet.</returns>
    public static async Task<(string LogId, int Shards)?> LogAsync(
        NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("SELECT log_id, shards FROM ledger.identity");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetString(0), row.GetInt32(1)) : null;
    }

    /// <returns>Null: nothing is laid down yet.</returns>
    public static async Task<LedgerIdentity?> HeldAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT log_id, shards, pseudonym_check, token_check FROM ledger.identity");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.GetString(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3))
            : null;
    }

    /// <returns>Settings whose keys are not the same; the number of shards does not count.</returns>
    public IEnumerable<string> DifferencesFrom(LedgerIdentity other)
    {
        if (LogId != other.LogId)
        {
            yield return nameof(LedgerOptions.SigningKeyFile);
        }

        if (!PseudonymCheck.AsSpan().SequenceEqual(other.PseudonymCheck))
        {
            yield return nameof(LedgerOptions.PseudonymKeyFile);
        }

        if (!TokenCheck.AsSpan().SequenceEqual(other.TokenCheck))
        {
            yield return nameof(LedgerOptions.TokenKeyFile);
        }
    }

    private static byte[] CheckOf(string path, string name) => HMACSHA256.HashData(
        KeyFile.ReadOrCreateSecret(path), Encoding.ASCII.GetBytes($"ecmr-key-check-v1:{name}"))[..CheckLength];
}
