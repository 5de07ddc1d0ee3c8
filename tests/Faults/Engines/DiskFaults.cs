using Grpc.Core;
using Npgsql;

namespace EcmrGateway.Faults.Engines;

/// <summary>Full disks of engines.</summary>
/// <remarks>
/// A process with the role ingress has keys in its own folder alone, which it reads at its start; it writes nowhere.
/// </remarks>
internal static class DiskFaults
{
    private const int LogWritesMax = 1_000;

    private static readonly TimeSpan Full = TimeSpan.FromSeconds(10);

    /// <summary>Submitters are told why and to come back; with room again it goes on.</summary>
    public static async Task FillPostgresAsync(Stage stage)
    {
        var (refused, untyped) = (Refused(stage.Load), stage.Load.Untyped);
        stage.Engines.Disks!.Postgres.Fill();
        if (stage.Random.Next(2) == 0)
        {
            await FillLogAsync(stage.Row);
        }

        await Task.Delay(Full, TimeProvider.System);
        await Wait.UntilAsync(
            () => Refused(stage.Load) > refused, () => "Nobody was told that nothing can be written.");
        stage.Engines.Disks.Postgres.Free();
        stage.Notes.Add(stage.Engines.Postgres.HasEnded ? "PostgreSQL had ended" : "PostgreSQL went on");
        if (stage.Engines.Postgres.HasEnded)
        {
            // As its supervisor does.
            await stage.Engines.Postgres.RestartAsync();
        }

        await Wait.ForReceiptAsync(stage.Load);
        if (stage.Load.Untyped > untyped || stage.Load.Refusals.Keys.Any(IsOdd))
        {
            throw new InvalidOperationException(
                $"Refused as {string.Join(", ", stage.Load.Refusals.Keys)}, {stage.Load.Untyped - untyped} without a "
                + $"reason. {stage.Load.LastFailure}");
        }
    }

    /// <summary>Writes to PostgreSQL's log until it has no room there, which ends it; tables alone would not.</summary>
    private static async Task FillLogAsync(Row row)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{row.Database};Pooling=false");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_logical_emit_message(false, 'faults', repeat('x', 100000))";
            for (var written = 0; written < LogWritesMax; written++)
            {
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // No room, as it should be.
        }
    }

    /// <summary>Kafka ends when it cannot write; notes are taken as ever.</summary>
    public static async Task FillKafkaAsync(Stage stage)
    {
        stage.Engines.Disks!.Kafka.Fill();
        await Wait.UntilAsync(() => stage.Engines.Kafka.HasEnded, () => "Kafka did not end.");
        await Wait.ForReceiptAsync(stage.Load);
        stage.Engines.Disks.Kafka.Free();
        await stage.Engines.Kafka.RestartAsync();
    }

    private static int Refused(Load load) => load.Refusals.Values.Sum();

    private static bool IsOdd(StatusCode code) => code is not (StatusCode.Unavailable or StatusCode.ResourceExhausted);
}
