using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EcmrGateway.Streaming;

/// <summary>What OpenTelemetry's conventions for messaging ask of a producer and a consumer.</summary>
internal sealed partial class StreamTelemetry
{
    /// <summary>The buckets of the conventions, seconds.</summary>
    private static readonly InstrumentAdvice<double> OperationSeconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private Counter<long> _sent = null!;
    private Counter<long> _consumed = null!;
    private Histogram<double> _operation = null!;
    private Histogram<double> _process = null!;

    /// <summary>After the acknowledgement of a fact.</summary>
    /// <param name="duration">Since it was sent.</param>
    public void Relayed(
        DateTimeOffset received, string traceParent, TimeSpan duration, DateTimeOffset acknowledged, string topic)
    {
        // The measurements while the span is the current one: then they are its exemplars.
        using var span = SendSpan(traceParent, acknowledged - duration, topic);
        var tags = Tags("send", topic);
        _sent.Add(1, tags);
        _operation.Record(duration.TotalSeconds, tags);
        _delay.Record((acknowledged - received).TotalSeconds);
        span?.SetEndTime(acknowledged.UtcDateTime);
    }

    /// <param name="error">Code of the client, or "timeout".</param>
    public void NotRelayed(string error, TimeSpan duration, string topic)
    {
        var tags = Tags("send", topic);
        tags.Add("error.type", error);
        _sent.Add(1, tags);
        _operation.Record(duration.TotalSeconds, tags);
    }

    public void Consumed(string topic, string group)
    {
        var tags = Tags("poll", topic);
        tags.Add("messaging.consumer.group.name", group);
        _consumed.Add(1, tags);
    }

    /// <summary>After the effect of a batch that was not empty.</summary>
    public void Processed(TimeSpan duration, string topic, string group)
    {
        var tags = Tags("process", topic);
        tags.Add("messaging.consumer.group.name", group);
        _process.Record(duration.TotalSeconds, tags);
    }

    private void CreateMessaging()
    {
        _sent = _meter.CreateCounter<long>(
            "messaging.client.sent.messages", "{message}", "Messages that the producer tried to send.");
        _consumed = _meter.CreateCounter<long>(
            "messaging.client.consumed.messages", "{message}", "Messages delivered to this process.");
        _operation = _meter.CreateHistogram(
            "messaging.client.operation.duration", "s", "From the sending of a message to its acknowledgement.",
            tags: null, OperationSeconds);
        _process = _meter.CreateHistogram(
            "messaging.process.duration", "s", "From the handing over of a batch to its effect.", tags: null,
            OperationSeconds);
    }

    private static TagList Tags(string operation, string topic) => new()
    {
        { "messaging.system", "kafka" },
        { "messaging.operation.name", operation },
        { "messaging.destination.name", topic },
    };

    /// <summary>A child of the request's span, as the consumer's is, so that one trace shows the path.</summary>
    private Activity? SendSpan(string traceParent, DateTimeOffset sent, string topic)
    {
        if (traceParent.Length == 0 || !_source.HasListeners()
            || !ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            || !parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
        {
            return null;
        }

        return _source.StartActivity(
            $"send {topic}", ActivityKind.Producer, parent,
            [
                new("messaging.system", "kafka"), new("messaging.operation.name", "send"),
                new("messaging.operation.type", "send"), new("messaging.destination.name", topic),
            ],
            links: null, startTime: sent);
    }
}
