using EcmrGateway.HotStore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The store that ships, in a host of its own.</summary>
internal sealed class HostedStore : TestStore
{
    private readonly IHost _host;

    private HostedStore(IHost host) => _host = host;

    public override IHotStore Store => _host.Services.GetRequiredService<IHotStore>();

    public IConnectionMultiplexer Redis =>
        _host.Services.GetRequiredService<HotStoreConnection>().OpenedAsync().GetAwaiter().GetResult();

    public static Task<HostedStore> StartEmbeddedAsync(params KeyValuePair<string, string?>[] settings) =>
        StartAsync([new("HotStore:EmbeddedMemoryMiB", "128"), new("HotStore:EmbeddedIndexMiB", "4"), .. settings]);

    public static Task<HostedStore> StartRedisAsync(string connectionString) => StartAsync(
        [new("HotStore:Engine", "Redis"), new("HotStore:ConnectionString", connectionString)]);

    public static async Task<HostedStore> StartAsync(KeyValuePair<string, string?>[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            settings.GroupBy(one => one.Key, (_, same) => same.Last()));
        builder.Services.AddHotStore();
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public override Task WipeAsync() => Redis.GetServers()[0].FlushAllDatabasesAsync();

    /// <remarks>The mark of the last write, which goes with it.</remarks>
    public override async Task StepBackAsync()
    {
        var db = Redis.GetDatabase();
        foreach (var mark in Redis.GetServers()[0].Keys(db.Database, "w:*"))
        {
            await db.StringDecrementAsync(mark);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
