using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>How a connection string of the settings is taken.</summary>
public sealed class PostgresSourceTests
{
    [Theory]
    [InlineData("Host=127.0.0.1", GssEncryptionMode.Disable)]
    [InlineData("Host=127.0.0.1;GSS Encryption Mode=Prefer", GssEncryptionMode.Prefer)]
    [InlineData("Host=127.0.0.1;gssencryptionmode=Require", GssEncryptionMode.Require)]
    public void Kerberos_is_looked_for_only_where_it_is_asked_for(string connectionString, GssEncryptionMode mode)
    {
        using var source = PostgresSource.Open(
            new LedgerOptions { ConnectionString = connectionString }, LedgerAccess.Append);

        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(source.ConnectionString).GssEncryptionMode);
        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(PostgresSource.ForMigration(
            new LedgerOptions { MigrationConnectionString = connectionString })).GssEncryptionMode);
    }
}
