using System.Text;
using EcmrGateway.HotStore;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EcmrGateway.PathTests.Gateway;

/// <summary>Looks into the hot store of a gateway, behind the back of its seam.</summary>
internal static class HotContent
{
    /// <summary>Takes everything away without telling scoring.</summary>
    public static Task WipeAsync(RunningGateway gateway) => Server(gateway).FlushDatabaseAsync(
        Connection(gateway).GetDatabase().Database);

    /// <summary>Every key and every value, byte for byte as Latin-1 text.</summary>
    public static async IAsyncEnumerable<string> ReadAllAsync(RunningGateway gateway)
    {
        var database = Connection(gateway).GetDatabase();
        await foreach (var key in Server(gateway).KeysAsync(database.Database, pageSize: 1_000))
        {
            yield return Encoding.Latin1.GetString((byte[])key!);
            if (await database.KeyTypeAsync(key) == RedisType.SortedSet)
            {
                foreach (var member in await database.SortedSetRangeByRankAsync(key))
                {
                    yield return Encoding.Latin1.GetString((byte[])member!);
                }
            }
            else if (await database.KeyTypeAsync(key) == RedisType.Hash)
            {
                foreach (var entry in await database.HashGetAllAsync(key))
                {
                    yield return Encoding.Latin1.GetString((byte[])entry.Value!);
                }
            }
            else if (await database.StringGetAsync(key) is { HasValue: true } value)
            {
                yield return Encoding.Latin1.GetString((byte[])value!);
            }
        }
    }

    private static ConnectionMultiplexer Connection(RunningGateway gateway) =>
        gateway.Services.GetRequiredService<HotStoreConnection>().OpenedAsync().GetAwaiter().GetResult();

    private static IServer Server(RunningGateway gateway) => Connection(gateway).GetServers()[0];
}
