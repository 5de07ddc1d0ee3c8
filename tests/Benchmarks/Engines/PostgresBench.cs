using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Engines;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>The ledger in PostgreSQL, beside a bare insert of the same bytes in like transactions.</summary>
internal static class PostgresBench
{
    /// <summary>Mean bytes of a sample note, and of its fact.</summary>
    private const int PayloadBytes = 1_900;
    private const int FactBytes = 150;

    private const int InFlight = 4_096;

    /// <summary>Rows in a transaction of the floor, on each connection; as the ledger's when it is busy.</summary>
    private const int BatchRows = 256;
    private const int Connections = 4;

    /// <summary>Number of the first note that counts.</summary>
    private const int FirstNumber = 100_000_000;

    private static readonly byte[] Payload = RandomNumberGenerator.GetBytes(PayloadBytes);
    private static readonly byte[] Fact = RandomNumberGenerator.GetBytes(FactBytes);

    public static async Task RunAsync(bool quick)
    {
        await using var server = await PostgresServer.FindNodeAsync()
            ?? throw new InvalidOperationException(PostgresServer.MissingNode);
        var duration = TimeSpan.FromSeconds(quick ? 3 : 20);
        var floor = await FloorAsync(server, duration);
        FigureReport.Write("postgres", await LedgerAsync(server, duration, floor), quick);
    }

    private static async Task<IReadOnlyList<Figure>> LedgerAsync(
        PostgresServer server, TimeSpan duration, double floor)
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-bench-").FullName;
        var database = await server.CreateDatabaseAsync();
        await using var ledger = await PostgresNoteLedger.OpenAsync(
            new LedgerOptions
            {
                Engine = LedgerOptions.Postgres,
                Folder = folder,
                ConnectionString = database,
                MigrationConnectionString = database,
                QueueLengthMax = 4 * InFlight,
            },
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await AppendAsync(ledger, 0, duration / 4, AppendStatus.Appended);
        var allocated = GC.GetTotalAllocatedBytes();
        await CheckpointAsync(database);
        var wal = await WalAsync(database);
        var (rate, count, p50, p99) = await AppendAsync(ledger, FirstNumber, duration, AppendStatus.Appended);
        wal = (await WalAsync(database) - wal) / count;
        var disk = Convert.ToInt64(
            await SqlAsync(database, "SELECT pg_database_size(current_database()) / count(*) FROM ledger.entries"),
            CultureInfo.InvariantCulture);
        allocated = (GC.GetTotalAllocatedBytes() - allocated) / count;
        var again = await AppendAsync(ledger, FirstNumber, duration / 4, AppendStatus.AlreadyAppended);
        Directory.Delete(folder, recursive: true);
        return
        [
            new("appended to PostgreSQL, 4,096 in flight", rate, "notes/s", floor, 0.5, p50, p99, allocated),
            new("bare insert of the same bytes (floor)", floor, "rows/s"),
            new("the same notes again", again.Rate, "notes/s", P50Ms: again.P50Ms, P99Ms: again.P99Ms),
            new("write-ahead log of a note", wal, "B"),
            new("tables and indexes of a note", disk, "B", PayloadBytes + FactBytes),
        ];
    }

    private static async Task<(double Rate, long Count, double P50Ms, double P99Ms)> AppendAsync(
        PostgresNoteLedger ledger, int first, TimeSpan duration, AppendStatus expected)
    {
        var histogram = Measured.NewHistogram();
        var next = first;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                var result = await ledger.AppendAsync(Draft(Interlocked.Increment(ref next)), CancellationToken.None);
                if (result.Status != expected)
                {
                    throw new InvalidOperationException($"An append was answered {result.Status}.");
                }

                histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(sent).Ticks));
            }
        })));
        return (
            histogram.TotalCount / Stopwatch.GetElapsedTime(started).TotalSeconds, histogram.TotalCount,
            Measured.Milliseconds(histogram, 50), Measured.Milliseconds(histogram, 99));
    }

    private static EntryDraft Draft(int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"note-{number}");
        var received = TimeProvider.System.GetUtcNow();
        return new()
        {
            Kind = EntryKind.Note,
            Party = "NL1",
            Id = id,
            RequestId = id,
            Payload = Payload,
            ContentSha256 = SHA256.HashData(BitConverter.GetBytes(number)),
            ReceivedTime = received,
            Fact = Fact,
            OrderKey = new Pseudonym((UInt128)(uint)number * 0x9E3779B97F4A7C15UL),
            Subjects =
            [
                new(SubjectKind.Vehicle, new Pseudonym((UInt128)(uint)(number % 100_000)), received),
                new(SubjectKind.Consignor, new Pseudonym((UInt128)(uint)(number % 5_000)), received),
            ],
        };
    }

    /// <summary>What one run has left to be written must not slow the next one.</summary>
    private static async Task CheckpointAsync(string database) => await SqlAsync(database, "CHECKPOINT");

    /// <summary>Bytes of write-ahead log since the server began.</summary>
    private static async Task<long> WalAsync(string database) => Convert.ToInt64(
        await SqlAsync(database, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"), CultureInfo.InvariantCulture);

    private static async Task<object?> SqlAsync(string database, string statement)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<double> FloorAsync(PostgresServer server, TimeSpan duration)
    {
        var database = await server.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await using (var make = source.CreateCommand(
            """
            CREATE TABLE bare (id bigint PRIMARY KEY, payload bytea NOT NULL, fact bytea NOT NULL);
            ALTER TABLE bare ALTER COLUMN payload SET STORAGE EXTERNAL;
            ALTER TABLE bare ALTER COLUMN fact SET STORAGE EXTERNAL;
            """))
        {
            await make.ExecuteNonQueryAsync();
        }

        long next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO bare SELECT * FROM unnest($1, $2, $3)";
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            insert.Parameters[1].Value = Enumerable.Repeat(Payload, BatchRows).ToArray();
            insert.Parameters[2].Value = Enumerable.Repeat(Fact, BatchRows).ToArray();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var last = Interlocked.Add(ref next, BatchRows);
                insert.Parameters[0].Value = Enumerable.Range(0, BatchRows).Select(row => last - row).ToArray();
                await insert.ExecuteNonQueryAsync();
            }
        })));
        return next / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
