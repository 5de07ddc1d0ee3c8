using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Ecmr.Facts.V1;
using EcmrGateway.Engines;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.Ledger.Pseudonyms;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>A ledger in PostgreSQL that SQL has filled: its own tables, with small payloads.</summary>
/// <remarks>
/// <para>1. The ledger is opened, which makes the tables and the first entry of each shard.</para>
/// <para>
/// 2. Rows are laid down in the order in which appends write them; keys and indices are made anew after that, which is
/// many times as fast. Hashes are any bytes: nothing that is measured here verifies a proof.
/// </para>
/// <para>3. Statistics and a checkpoint, as the server does by itself in time.</para>
/// </remarks>
internal sealed class FilledLedger : IAsyncDisposable
{
    /// <summary>Notes of each vehicle and consignor: the same whatever the size of the ledger.</summary>
    public const int NotesOfSubject = 20;

    /// <summary>Who handed in all of them.</summary>
    public const string Party = "NL1";

    private const int PayloadBytes = 250;
    private const int BatchNotes = 256;
    private const int HashBytes = 32;

    private static readonly byte[] Payload = RandomNumberGenerator.GetBytes(PayloadBytes);
    private static readonly byte[] SubjectFact = SampleFact();

    private readonly string _folder;
    private readonly string _database;
    private int _appended;

    private FilledLedger(string folder, string database, PostgresNoteLedger ledger, long notes)
    {
        (_folder, _database, Ledger, Notes) = (folder, database, ledger, notes);
    }

    public PostgresNoteLedger Ledger { get; }

    /// <summary>Notes that SQL laid down.</summary>
    public long Notes { get; }

    /// <param name="notes">A multiple of the shards.</param>
    public static async Task<FilledLedger> CreateAsync(PostgresServer server, long notes)
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-bench-").FullName;
        var database = await server.CreateDatabaseAsync();
        var ledger = await PostgresNoteLedger.OpenAsync(
            new LedgerOptions
            {
                Engine = LedgerOptions.Postgres,
                Folder = folder,
                ConnectionString = database,
                MigrationConnectionString = database,
            },
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var filled = new FilledLedger(folder, database, ledger, notes);
        await filled.FillAsync();
        return filled;
    }

    /// <summary>Where a note is, by its number from 0.</summary>
    public LedgerPosition PositionOf(long note) =>
        LedgerPosition.Of((int)(note % Ledger.ShardCount), 1 + (note / Ledger.ShardCount));

    /// <summary>Right before a note and those of other shards that came with it.</summary>
    public LedgerMark MarkOf(long note) =>
        LedgerMark.Of([.. Enumerable.Repeat(note / Ledger.ShardCount, Ledger.ShardCount)]);

    /// <summary>A vehicle, by its number from 0, below the notes divided by those of a subject.</summary>
    public static Pseudonym VehicleOf(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return new(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes)));
    }

    /// <summary>A new note of subjects that are there, in any shard.</summary>
    public EntryDraft Draft()
    {
        var number = Interlocked.Increment(ref _appended);
        var id = string.Create(CultureInfo.InvariantCulture, $"new-{number}");
        var received = TimeProvider.System.GetUtcNow();
        var subject = VehicleOf(number * 7_919L % (Notes / NotesOfSubject));
        return new()
        {
            Kind = EntryKind.Note,
            Party = Party,
            Id = id,
            RequestId = id,
            Payload = Payload,
            ContentSha256 = SHA256.HashData(BitConverter.GetBytes(number)),
            ReceivedTime = received,
            Fact = SubjectFact,
            OrderKey = VehicleOf(number),
            Subjects =
            [
                new(SubjectKind.Vehicle, subject, received), new(SubjectKind.Consignor, subject, received),
            ],
        };
    }

    /// <summary>Writes out what the server holds back, so that it does not do so during the next measurement.</summary>
    public Task CheckpointAsync() => SqlAsync("CHECKPOINT");

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        var database = new NpgsqlConnectionStringBuilder(_database);
        var server = new NpgsqlConnectionStringBuilder(_database) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"DROP DATABASE {database.Database} WITH (FORCE)";
        await command.ExecuteNonQueryAsync();
    }

    private async Task FillAsync()
    {
        await SqlAsync(DropKeys);
        await SqlAsync(EntryRows, Payload);
        await SqlAsync(FactRows, SubjectFact);
        await SqlAsync(IdRows);
        await SqlAsync(BatchRows);
        foreach (var key in Keys)
        {
            await SqlAsync(key);
        }

        for (var shard = 0; shard < Ledger.ShardCount; shard++)
        {
            await GrowAsync(shard);
        }

        await SqlAsync("VACUUM ANALYZE");
        await CheckpointAsync();
    }

    /// <summary>The head of a shard as it is after so many appends; its hashes are any.</summary>
    private async Task GrowAsync(int shard)
    {
        var size = 1 + (Notes / Ledger.ShardCount);
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            "UPDATE ledger.shards SET size = $2, fact_index = $2 - 1, frontier = $3 WHERE shard = $1";
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = size });
        command.Parameters.Add(new()
        {
            Value = RandomNumberGenerator.GetBytes((int)long.PopCount(size) * HashBytes),
        });
        await command.ExecuteNonQueryAsync();
    }

    private async Task SqlAsync(string statement, byte[]? bytes = null)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = statement
            .Replace("{last}", (Notes - 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{shards}", Ledger.ShardCount.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(
                "{subjects}", (Notes / NotesOfSubject).ToString(CultureInfo.InvariantCulture),
                StringComparison.Ordinal);
        if (bytes is not null)
        {
            command.Parameters.Add(new() { Value = bytes });
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A fact of a note with one movement.</summary>
    private static byte[] SampleFact()
    {
        static ByteString Id() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));
        return new Fact
        {
            Note = new()
            {
                ReceivedMs = 1_760_000_000_000,
                Carrier = Id(),
                Consignor = Id(),
                GrossMassG = 18_000_000,
                PackageCount = 33,
                Movements =
                {
                    new Movement
                    {
                        Leg = 1, Vehicle = Id(), Carrier = Id(), StartMs = 1_760_000_000_000, EndMs = 1_760_020_000_000,
                        FirstPoint = new() { LatitudeCentidegrees = 5_190, LongitudeCentidegrees = 444 },
                        LastPoint = new() { LatitudeCentidegrees = 5_138, LongitudeCentidegrees = 615 },
                        MaxMassKg = 40_000, Axles = 5, Trailers = { Id() },
                    },
                },
            },
        }.ToByteArray();
    }

    private const string DropKeys =
        """
        ALTER TABLE ledger.entries DROP CONSTRAINT entries_pkey;
        ALTER TABLE ledger.facts DROP CONSTRAINT facts_pkey;
        DROP INDEX ledger.facts_by_vehicle;
        DROP INDEX ledger.facts_by_consignor;
        ALTER TABLE ledger.ids DROP CONSTRAINT ids_pkey;
        ALTER TABLE ledger.requests DROP CONSTRAINT requests_pkey;
        ALTER TABLE ledger.party_batches DROP CONSTRAINT party_batches_pkey;
        """;

    /// <summary>As the migrations leave them.</summary>
    private static readonly string[] Keys =
    [
        "ALTER TABLE ledger.entries ADD PRIMARY KEY (shard, idx)",
        "ALTER TABLE ledger.facts ADD PRIMARY KEY (shard, idx)",
        "CREATE INDEX facts_by_vehicle ON ledger.facts (vehicle, vehicle_ms) WHERE vehicle IS NOT NULL",
        "CREATE INDEX facts_by_consignor ON ledger.facts (consignor, received_ms) WHERE consignor IS NOT NULL",
        "ALTER TABLE ledger.ids ADD PRIMARY KEY (party, kind, id)",
        "ALTER TABLE ledger.requests ADD PRIMARY KEY (party, request_id)",
        "ALTER TABLE ledger.party_batches ADD PRIMARY KEY (party, kind, shard, size)",
    ];

    private const string EntryRows =
        """
        INSERT INTO ledger.entries (shard, idx, kind, party, id, version, received_ms, content_sha256, salt, payload)
        SELECT n % {shards}, 1 + n / {shards}, 1, 'NL1'::bytea, convert_to('note-' || n, 'UTF8'), 1,
          1760000000000 + n, sha256(int8send(n)), sha256(int8send(-n)), $1
        FROM generate_series(0::bigint, {last}) AS n
        """;

    /// <summary>Each note has a vehicle and a consignor; the notes of one are far apart.</summary>
    private const string FactRows =
        """
        INSERT INTO ledger.facts (shard, idx, received_ms, trace_parent, fact, vehicle, vehicle_ms, consignor)
        SELECT n % {shards}, 1 + n / {shards}, 1760000000000 + n, '', $1, s.subject, 1760000000000 + n, s.subject
        FROM generate_series(0::bigint, {last}) AS n
          CROSS JOIN LATERAL (
            SELECT encode(substring(sha256(int8send(n % {subjects})) for 16), 'hex')::uuid AS subject) AS s
        """;

    private const string IdRows =
        """
        INSERT INTO ledger.ids (party, kind, id, shard, idx)
        SELECT 'NL1'::bytea, 1, convert_to('note-' || n, 'UTF8'), n % {shards}, 1 + n / {shards}
        FROM generate_series(0::bigint, {last}) AS n;
        INSERT INTO ledger.requests (party, request_id, shard, idx)
        SELECT 'NL1'::bytea, convert_to('note-' || n, 'UTF8'), n % {shards}, 1 + n / {shards}
        FROM generate_series(0::bigint, {last}) AS n;
        """;

    private static readonly string BatchRows = string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        INSERT INTO ledger.batches (shard, size, root, time_ms, signature, leaves)
        SELECT s, size, sha256(int8send(size)), 1760000000000, ''::bytea,
          decode(repeat('ab', {{BatchNotes * HashBytes}}), 'hex')
        FROM generate_series(0, {shards} - 1) AS s,
          generate_series({{BatchNotes}}::bigint, 1 + {last} / {shards}, {{BatchNotes}}) AS size;
        INSERT INTO ledger.nodes (shard, level, idx, hash)
        SELECT s, 8, i, sha256(int8send(i)) FROM generate_series(0, {shards} - 1) AS s,
          generate_series(0::bigint, (1 + {last} / {shards}) / {{BatchNotes}} - 1) AS i;
        INSERT INTO ledger.party_batches (party, kind, shard, size, first, offsets)
        SELECT 'NL1'::bytea, 1, s, least(f + {{BatchNotes}}, 2 + {last} / {shards}), f,
          int4multirange(int4range((f = 0)::int, (least({{BatchNotes}}, 2 + {last} / {shards} - f))::int))
        FROM generate_series(0, {shards} - 1) AS s,
          generate_series(0::bigint, 1 + {last} / {shards}, {{BatchNotes}}) AS f;
        """);
}
