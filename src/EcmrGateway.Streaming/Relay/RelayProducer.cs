using System.Threading.Channels;
using Confluent.Kafka;
using EcmrGateway.Streaming.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Relay;

/// <summary>Makes the client of a session. Tests put one in between that fails.</summary>
internal delegate IProducer<byte[], byte[]> ProducerFactory(ProducerBuilder<byte[], byte[]> builder);

/// <summary>The producer that all shards share, and a new one after each failure.</summary>
/// <remarks>
/// A producer that failed once may go on to discard what it is given (confluent-kafka-dotnet#2519), so it is never
/// used again. Its successor begins where acknowledgements ended.
/// </remarks>
internal sealed partial class RelayProducer(
    IOptions<StreamOptions> options, ProducerFactory build, StreamTelemetry telemetry, TimeProvider time,
    ILogger<RelayProducer> logger) : IAsyncDisposable
{
    private readonly Backoff _backoff = new(options.Value.Relay.RetryWaitMax, time);

    /// <summary>Holds the session, or null before the first: who takes it out has the turn.</summary>
    /// <remarks>A semaphore would go on on the pool: see <see cref="Aside"/>.</remarks>
    private readonly Channel<RelaySession?> _turn = TurnOf();

    /// <summary>The session that works, after a pause where the one before failed.</summary>
    public async Task<RelaySession> OpenAsync(CancellationToken cancellation)
    {
        var session = await _turn.Reader.ReadAsync(cancellation);
        try
        {
            if (session is { Failure: { } reason } failed)
            {
                session = null;
                LogRebuilt(reason);
                telemetry.Rebuilt();
                await CloseAsync(failed);
                if (failed.HasAcknowledged)
                {
                    _backoff.Reset();
                }

                await _backoff.WaitAsync(cancellation);
            }

            return session ??= Build();
        }
        finally
        {
            _turn.Writer.TryWrite(session);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_turn.Reader.TryRead(out var session) && session is not null)
        {
            await CloseAsync(session);
        }

        _turn.Writer.TryComplete();
    }

    private static Channel<RelaySession?> TurnOf()
    {
        var turn = Channel.CreateBounded<RelaySession?>(1);
        turn.Writer.TryWrite(null);
        return turn;
    }

    private RelaySession Build()
    {
        var session = new RelaySession();
        session.Use(build(
            new ProducerBuilder<byte[], byte[]>(KafkaSettings.Relay(options.Value.Kafka, options.Value.Relay))
                .SetLogHandler((_, message) => KafkaLog.Write(logger, message))
                .SetErrorHandler((client, error) =>
                {
                    ClientErrors.Told(client, error, options.Value.Kafka, logger);
                    if (error.IsFatal)
                    {
                        session.Fail(error.Reason);
                    }
                })));
        return session;
    }

    /// <summary>
    /// A client that does not end keeps no shard waiting: what it may still send is sent again anyway.
    /// </summary>
    private async Task CloseAsync(RelaySession session)
    {
        try
        {
            if (session.Failure is not null)
            {
                await Task.Delay(RelaySession.LastWords, time);
            }

            await session.DisposeAsync().AsTask().WaitAsync(options.Value.Kafka.RequestTimeout, time);
        }
        catch (TimeoutException)
        {
            LogNotEnded();
        }
    }

    [LoggerMessage(7020, LogLevel.Warning, "The producer failed and is built anew: {Reason}")]
    private partial void LogRebuilt(string reason);

    [LoggerMessage(7021, LogLevel.Warning, "A producer that failed does not end; it is left behind.")]
    private partial void LogNotEnded();
}
