using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Engines;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using Google.Protobuf;
using HdrHistogram;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>The ledger in PostgreSQL, beside a bare insert of the same bytes in like transactions.</summary>
internal static class PostgresBench
{
    /// <summary>Mean bytes of the fact of a sample note.</summary>
    private const int FactBytes = 150;

    /// <summary>Sample notes, appended by turns: their sizes differ, and with them how rows fill a page.</summary>
    private const int Samples = 1_024;

    private const int InFlight = 4_096;

    /// <summary>Rows in a transaction of the floor, on each connection; as the ledger's when it is busy.</summary>
    private const int BatchRows = 256;
    private const int Connections = 4;

    /// <summary>
    /// The machine and its disk are faster at some times than at others, by more than what is to be seen: floor and
    /// ledger are measured by turns.
    /// </summary>
    private const int TurnsOfEach = 3;

    /// <summary>Number of the first note that counts.</summary>
    private const int FirstNumber = 100_000_000;

    private static long _inserted;

    private static readonly byte[][] Payloads = SamplePayloads();
    private static readonly byte[] Fact = RandomNumberGenerator.GetBytes(FactBytes);

    public static async Task RunAsync(bool quick)
    {
        await using var server = await PostgresServer.FindNodeAsync(settings: PostgresServer.InUse)
            ?? throw new InvalidOperationException(PostgresServer.MissingNode);
        var turn = TimeSpan.FromSeconds(quick ? 1 : 10);
        var bare = await server.CreateDatabaseAsync();
        await MakeBareAsync(bare);
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
        FigureReport.Write("postgres", await TakeTurnsAsync(ledger, database, bare, turn), quick);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<IReadOnlyList<Figure>> TakeTurnsAsync(
        PostgresNoteLedger ledger, string database, string bare, TimeSpan turn)
    {
        var (floor, appended) = (new Turns(), new Turns());
        await InsertAsync(bare, new Turns(), turn);
        await AppendAsync(ledger, 0, new Turns(), turn, AppendStatus.Appended);
        long wal = 0;
        long allocated = 0;
        for (var number = 0; number < TurnsOfEach; number++)
        {
            await CheckpointAsync(database);
            await InsertAsync(bare, floor, turn);
            await CheckpointAsync(database);
            var (walBefore, allocatedBefore) = (await WalAsync(database), GC.GetTotalAllocatedBytes());
            await AppendAsync(
                ledger, FirstNumber + (int)appended.Histogram.TotalCount, appended, turn, AppendStatus.Appended);
            allocated += GC.GetTotalAllocatedBytes() - allocatedBefore;
            wal += await WalAsync(database) - walBefore;
        }

        var again = new Turns();
        await AppendAsync(ledger, FirstNumber, again, turn, AppendStatus.AlreadyAppended);
        var disk = Convert.ToInt64(
            await SqlAsync(database, "SELECT pg_database_size(current_database()) / count(*) FROM ledger.entries"),
            CultureInfo.InvariantCulture);
        var count = appended.Histogram.TotalCount;
        return
        [
            new(
                "appended to PostgreSQL, 4,096 in flight", appended.Rate, "notes/s", floor.Rate, 0.5, appended.P50Ms,
                appended.P99Ms, allocated / count),
            new("bare insert of the same bytes (floor)", floor.Rate, "rows/s", P50Ms: floor.P50Ms, P99Ms: floor.P99Ms),
            new("the same notes again", again.Rate, "notes/s", P50Ms: again.P50Ms, P99Ms: again.P99Ms),
            new("write-ahead log of a note", (double)wal / count, "B"),
            new("tables and indexes of a note", disk, "B", Payloads.Average(payload => payload.Length) + FactBytes),
        ];
    }

    private static async Task AppendAsync(
        PostgresNoteLedger ledger, int first, Turns turns, TimeSpan duration, AppendStatus expected)
    {
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

                turns.Histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(sent).Ticks));
            }
        })));
        turns.Time += Stopwatch.GetElapsedTime(started);
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
            Payload = PayloadOf(number),
            ContentSha256 = ContentHashOf(number),
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

    private static byte[] PayloadOf(long number) => Payloads[number % Samples];

    /// <summary>Any bytes that no other note has; making a hash is not the ledger's work.</summary>
    private static byte[] ContentHashOf(int number)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt32BigEndian(hash, number);
        return hash;
    }

    private static byte[][] SamplePayloads()
    {
        var pool = new NotePool(Samples, seed: 20_260_713);
        return [.. Enumerable.Range(0, Samples).Select(_ => pool.Next().Note.ToByteArray())];
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

    private static async Task MakeBareAsync(string database) => await SqlAsync(
        database,
        """
        CREATE TABLE bare (id bigint PRIMARY KEY, payload bytea NOT NULL, fact bytea NOT NULL);
        ALTER TABLE bare ALTER COLUMN payload SET STORAGE EXTERNAL;
        ALTER TABLE bare ALTER COLUMN fact SET STORAGE EXTERNAL;
        """);

    private static async Task InsertAsync(string database, Turns turns, TimeSpan duration)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO bare SELECT * FROM unnest($1, $2, $3)";
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            insert.Parameters[2].Value = Enumerable.Repeat(Fact, BatchRows).ToArray();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var last = Interlocked.Add(ref _inserted, BatchRows);
                insert.Parameters[0].Value = Enumerable.Range(0, BatchRows).Select(row => last - row).ToArray();
                insert.Parameters[1].Value =
                    Enumerable.Range(0, BatchRows).Select(row => PayloadOf(last - row)).ToArray();
                var sent = Stopwatch.GetTimestamp();
                await insert.ExecuteNonQueryAsync();
                turns.Histogram.RecordValueWithCount(Stopwatch.GetElapsedTime(sent).Ticks, BatchRows);
            }
        })));
        turns.Time += Stopwatch.GetElapsedTime(started);
    }

    /// <summary>All turns of one of the two.</summary>
    private sealed class Turns
    {
        public LongConcurrentHistogram Histogram { get; } = Measured.NewHistogram();

        public TimeSpan Time { get; set; }

        public double Rate => Histogram.TotalCount / Time.TotalSeconds;

        public double P50Ms => Measured.Milliseconds(Histogram, 50);

        public double P99Ms => Measured.Milliseconds(Histogram, 99);
    }
}
