using Google.Protobuf;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Parsing with one kind of exception for everything that cannot be read.</summary>
internal static class Messages
{
    /// <exception cref="InvalidDataException">Not such a message.</exception>
    public static T Parse<T>(MessageParser<T> parser, ReadOnlyMemory<byte> bytes)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new InvalidDataException($"Not a {typeof(T).Name}.", failure);
        }
    }
}
