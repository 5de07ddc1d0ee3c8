using EcmrGateway.PathTests.Contracts;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>The whole path on PostgreSQL, Kafka and Redis.</summary>
public sealed class FirstNoteOnServersTests(TestEngines engines) : FirstNoteTests
{
    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}

public sealed class IdempotencyOnServersTests(TestEngines engines) : IdempotencyTests
{
    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}

public sealed class OutcomeOnServersTests(TestEngines engines) : OutcomeTests
{
    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}

public sealed class RankOnServersTests(TestEngines engines) : RankTests
{
    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}

public sealed class RebuildOnServersTests(TestEngines engines) : RebuildTests
{
    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}

public sealed class OldRedisOnServersTests(TestEngines engines) : OldRedisTests
{
    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}

public sealed class WatchOnServersTests(TestEngines engines) : WatchTests
{
    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}
