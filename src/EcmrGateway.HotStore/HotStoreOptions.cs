using System.ComponentModel.DataAnnotations;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.HotStore;

/// <summary>Which server holds the hot profiles and rankings.</summary>
public enum HotStoreEngine
{
    /// <summary>Garnet inside this process, memory only. For one process with all roles.</summary>
    Embedded = 1,

    /// <summary>Redis, Redis Cluster or Valkey, in a database of its own: a reset empties it.</summary>
    Redis = 2,
}

/// <summary>Settings of the hot store, section <see cref="Section"/>.</summary>
public sealed record HotStoreOptions
{
    public const string Section = "HotStore";

    /// <summary>Embedded by default, so that nothing has to be installed.</summary>
    [EnumDataType(typeof(HotStoreEngine))]
    public HotStoreEngine Engine { get; init; } = HotStoreEngine.Embedded;

    /// <summary>StackExchange.Redis form, such as "redis-1:6379,redis-2:6379,ssl=true". Needed for Redis.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// File with the password, so that it is in no setting; read again for each new connection. Null: none, or in the
    /// connection string.
    /// </summary>
    public string? PasswordFile { get; init; }

    /// <summary>Longest wait for an answer or a connection, milliseconds.</summary>
    [Range(50, 60_000)]
    public int TimeoutMs { get; init; } = 2_000;

    /// <summary>
    /// How long a profile or an assessment stays after its last change, give or take a tenth. Longer than any
    /// movement takes; a profile that is needed later is read from the facts again.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "400.00:00:00")]
    public TimeSpan ProfileTtl { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long a ranking stays after its hour has ended. Scores in a ranking that is kept are kept right, so that a
    /// longer time makes scoring dearer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan RankingTtl { get; init; } = TimeSpan.FromHours(2);

    /// <summary>
    /// Parts that the content is cut into, each in one slot of a Redis Cluster; 1 for a single server. Another number
    /// begins the content anew.
    /// </summary>
    [Range(1, 256)]
    public int Buckets { get; init; } = 1;

    /// <summary>
    /// Memory of the embedded store, MiB: a bound, taken as it fills. 1,000,000 vehicles with a movement each need
    /// about 2,000. When it is full the oldest content goes, the generation first, and a rebuild follows.
    /// </summary>
    [Range(64, 1_048_576)]
    public int EmbeddedMemoryMiB { get; init; } = 4_096;

    /// <summary>Hash index of the embedded store, MiB, taken at once: 16 for each million keys.</summary>
    [Range(1, 16_384)]
    public int EmbeddedIndexMiB { get; init; } = 64;

    /// <summary>
    /// Within a tenth of <see cref="ProfileTtl"/>, by the pseudonym, so that what was filled at once does not go at
    /// once.
    /// </summary>
    internal TimeSpan TtlOf(SubjectId id)
    {
        var share = 0.9 + (0.2 * ((ulong)id.Value >> 48) / 65_536);
        return TimeSpan.FromSeconds(Math.Ceiling(ProfileTtl.TotalSeconds * share));
    }
}
