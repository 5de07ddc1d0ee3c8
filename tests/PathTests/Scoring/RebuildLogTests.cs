using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Scoring;
using EcmrGateway.Scoring.Consume;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>What a rebuild says of itself.</summary>
public sealed class RebuildLogTests
{
    [Fact]
    public async Task The_wait_before_it_is_never_negative()
    {
        // Time goes on between the moment that a rebuild is due and the line that tells of it.
        var clock = new FakeTimeProvider(FactGen.Now) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(40) };
        var (ledger, store, log) = (new FactLedger(), new InMemoryStore(clock), new WaitLog());
        var content = ScoringRig.ContentOf(ledger, store, clock, new ScoringTelemetry(new(ledger, clock), clock), log);

        await content.OpenAsync(TestContext.Current.CancellationToken);
        await content.OwnAsync([0], TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.Zero, Assert.Single(log.Waits));
    }

    /// <summary>The waits of the lines that have one.</summary>
    private sealed class WaitLog : ILogger<HotContent>
    {
        public List<TimeSpan> Waits { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Waits.AddRange(((IEnumerable<KeyValuePair<string, object?>>)state!)
                .Where(value => value.Key == "Wait").Select(value => (TimeSpan)value.Value!));
    }
}
