using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The ledger in a folder keeps the contract.</summary>
public sealed class SqliteLedgerContract : LedgerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-contract-").FullName;

    protected override ValueTask<INoteLedger> OpenAsync() => new(SqliteNoteLedger.Open(
        new LedgerOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteNoteLedger>.Instance));

    protected override ValueTask CleanAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
