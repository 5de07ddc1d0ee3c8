namespace EcmrGateway.Streaming.Kafka;

/// <summary>The topic is not as it is set up here, or may not be used: starting again does not help.</summary>
/// <remarks>The message names the setting and what the topic has.</remarks>
public sealed class TopicException : Exception
{
    public TopicException(string message)
        : base(message)
    {
    }

    public TopicException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public TopicException()
        : this("The topic cannot be used.")
    {
    }
}
