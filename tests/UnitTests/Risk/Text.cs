using System.Text.Json;
using System.Text.Json.Serialization;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.UnitTests.Risk;

/// <summary>Facts, profiles and scores as text, to compare them byte by byte.</summary>
internal static class Text
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new SubjectIdConverter() } };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    private sealed class SubjectIdConverter : JsonConverter<SubjectId>
    {
        public override SubjectId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Only written.");

        public override void Write(Utf8JsonWriter writer, SubjectId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value.ToString("x32", null));
    }
}
