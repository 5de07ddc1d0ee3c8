using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The ledger in a folder keeps the contract.</summary>
public class SqliteLedgerContract : LedgerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-contract-").FullName;

    protected virtual LedgerOptions Options => new();

    protected override ValueTask<INoteLedger> OpenAsync() => new(SqliteNoteLedger.Open(
        Options with { Folder = _folder }, TimeProvider.System, NullLogger<SqliteNoteLedger>.Instance));

    protected override ValueTask CleanAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>And it keeps the contract while index rows go from memory to the tables all the time.</summary>
public sealed class SqliteLedgerMergingContract : SqliteLedgerContract
{
    protected override LedgerOptions Options => base.Options with { IndexBacklogLength = 16, BatchLengthMax = 5 };
}
