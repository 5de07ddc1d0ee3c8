using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The ledger in PostgreSQL keeps the contract, with as many shards as it has by default.</summary>
public class PostgresLedgerContract(TestEngines engines) : LedgerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-contract-").FullName;
    private string? _database;

    protected virtual LedgerOptions Options => new();

    protected override async ValueTask<INoteLedger> OpenAsync()
    {
        _database ??= await (await engines.PostgresAsync()).CreateDatabaseAsync();
        return await PostgresNoteLedger.OpenAsync(
            Options with
            {
                Engine = LedgerOptions.Postgres,
                Folder = _folder,
                ConnectionString = _database,
                MigrationConnectionString = _database,
            },
            TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
    }

    protected override ValueTask CleanAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>And it keeps the contract with a single shard, in small batches.</summary>
public sealed class PostgresLedgerOneShardContract(TestEngines engines) : PostgresLedgerContract(engines)
{
    protected override LedgerOptions Options => base.Options with { Shards = 1, BatchLengthMax = 5 };
}
