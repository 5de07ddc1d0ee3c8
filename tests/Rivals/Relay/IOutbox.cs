namespace EcmrGateway.Rivals.Relay;

/// <summary>Facts committed in PostgreSQL, and brought to a topic after that.</summary>
internal interface IOutbox : IAsyncDisposable
{
    /// <summary>Header of a record that tells one message from another.</summary>
    string IdHeader { get; }

    /// <summary>Completes when all facts are committed. They may not be on the topic yet.</summary>
    Task PublishAsync(IReadOnlyList<SampleFact> facts);
}

/// <summary>What an outbox runs on.</summary>
/// <param name="Database">Empty, for Npgsql.</param>
internal sealed record OutboxPlace(string Database, string Brokers, string Topic);
