using EcmrGateway.Engines;

namespace EcmrGateway.Faults.Engines;

/// <summary>Disks that can be filled up, for the data of PostgreSQL and of Kafka.</summary>
internal sealed record SmallDisks(SmallDisk Postgres, SmallDisk Kafka) : IAsyncDisposable
{
    private const int Mebibytes = 256;

    /// <returns>Null: they cannot be mounted here.</returns>
    public static async Task<SmallDisks?> TryMountAsync() =>
        await SmallDisk.TryMountAsync(Mebibytes) is { } postgres
        && await SmallDisk.TryMountAsync(Mebibytes) is { } kafka
            ? new(postgres, kafka)
            : null;

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await Kafka.DisposeAsync();
    }
}
