using EcmrGateway.Engines;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public sealed class InMemoryHotStoreContractTests : HotStoreContract
{
    private protected override TestStore Store { get; } = new InMemoryStore();
}

public sealed class EmbeddedHotStoreContractTests(EmbeddedHotStoreContractTests.Fixture fixture)
    : HotStoreContract, IClassFixture<EmbeddedHotStoreContractTests.Fixture>
{
    private protected override TestStore Store => fixture.Store!;

    /// <summary>One store for all tests of the class; each resets it.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal HostedStore? Store { get; private set; }

        public async ValueTask InitializeAsync() => Store = await HostedStore.StartEmbeddedAsync();

        public ValueTask DisposeAsync() => Store!.DisposeAsync();
    }
}

public sealed class RedisHotStoreContractTests(RedisHotStoreContractTests.Fixture fixture)
    : HotStoreContract, IClassFixture<RedisHotStoreContractTests.Fixture>
{
    private protected override TestStore Store
    {
        get
        {
            Assert.SkipWhen(fixture.Store is null, RedisServer.Missing);
            return fixture.Store;
        }
    }

    /// <summary>One store for all tests of the class; each resets it.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private RedisServer? _server;

        internal HostedStore? Store { get; private set; }

        public async ValueTask InitializeAsync()
        {
            _server = await RedisServer.FindAsync();
            if (_server is not null)
            {
                Store = await HostedStore.StartRedisAsync(_server.ConnectionString);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (Store is not null)
            {
                await Store.DisposeAsync();
            }

            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }
    }
}
