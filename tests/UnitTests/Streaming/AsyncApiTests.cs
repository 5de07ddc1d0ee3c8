using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.DeadLetters;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Streaming;

/// <summary>asyncapi.yaml says of the topics what the program does; when either changes alone, one of these fails.
/// </summary>
public sealed class AsyncApiTests
{
    private const string FactHeaders = "components/messages/fact/headers";
    private const string DeadLetterHeaders = "components/messages/deadLetter/headers";
    private const string ControlHeadersPath = "components/messages/control/headers";
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static readonly KafkaOptions Defaults = new();
    private static readonly string Folder = Path.Combine(RootOf(AppContext.BaseDirectory), "src/EcmrGateway.Streaming");

    private static readonly IReadOnlyDictionary<string, string[]> Document =
        YamlLines.Read(File.ReadAllText(Path.Combine(Folder, "asyncapi.yaml")));

    [Fact]
    public void The_channels_are_the_two_topics()
    {
        Assert.Equal(["facts", "deadLetters"], Document.Under("channels"));
        Assert.Equal(Defaults.Topic, One("channels/facts/address"));
        Assert.Equal(Defaults.DeadLetterTopic, One("channels/deadLetters/address"));
    }

    [Theory]
    [InlineData("facts")]
    [InlineData("deadLetters")]
    public void A_topic_is_as_it_is_made_by_default(string channel)
    {
        var binding = $"channels/{channel}/bindings/kafka";

        Assert.Equal(One($"channels/{channel}/address"), One($"{binding}/topic"));
        Assert.Equal(Text(Defaults.Partitions), One($"{binding}/partitions"));
        Assert.Equal(Text(Defaults.ReplicationFactor), One($"{binding}/replicas"));
        Assert.Equal(Text(Defaults.MinInSyncReplicas), One($"{binding}/topicConfiguration/min.insync.replicas"));
        var made = TopicCheck.ConfigOf(Defaults, One($"{binding}/topic"));
        Assert.Equal(made.Keys.Order(), Document.Under($"{binding}/topicConfiguration").Order());
        Assert.All(made, one => Assert.Equal(one.Value, One($"{binding}/topicConfiguration/{one.Key}")));
    }

    [Fact]
    public void The_consumer_group_is_that_of_the_default() =>
        Assert.Equal(Defaults.Group, One("operations/scoreFacts/bindings/kafka/groupId/const"));

    [Fact]
    public void The_headers_of_a_fact_are_those_that_are_written() => Assert.Equal(
        NamesOf(Written(Trace, byReference: true)), Document.Under($"{FactHeaders}/properties"));

    [Fact]
    public void Headers_that_every_fact_has_are_required() =>
        Assert.Equal(NamesOf(Written(trace: "")), Document[$"{FactHeaders}/required"]);

    [Fact]
    public void Values_are_those_that_are_written()
    {
        foreach (var header in Written(Trace, byReference: true).Headers)
        {
            var (value, path) = (
                Encoding.UTF8.GetString(header.GetValueBytes()), $"{FactHeaders}/properties/{header.Key}");
            if (Document.ContainsKey($"{path}/const"))
            {
                Assert.Equal(One($"{path}/const"), value);
            }
            else if (Document.ContainsKey($"{path}/pattern"))
            {
                Assert.Matches(One($"{path}/pattern"), value);
            }
        }

        Assert.Equal(FactRecord.Type, One($"{FactHeaders}/properties/ce_type/const"));
        Assert.Equal(
            One("components/messages/fact/contentType"), One($"{FactHeaders}/properties/content-type/const"));
    }

    [Fact]
    public void The_key_has_the_form_that_is_written()
    {
        var form = new Regex(One("components/messages/fact/bindings/kafka/key/pattern"));
        var carrier = new Fact { Note = new() { Carrier = ByteString.CopyFrom(new byte[16]) } };

        Assert.Matches(form, Encoding.UTF8.GetString(Written(Trace, carrier).Key));
        Assert.Matches(form, Encoding.UTF8.GetString(Written(Trace, new()).Key));
    }

    [Fact]
    public void The_schema_is_the_proto_of_the_facts()
    {
        var schema = Path.Combine(Folder, One("components/messages/fact/payload/schema/$ref"));

        Assert.Equal(Fact.Descriptor.FullName, One("components/messages/fact/name"));
        Assert.EndsWith(Fact.Descriptor.File.Name, schema, StringComparison.Ordinal);
        Assert.True(File.Exists(schema));
    }

    [Fact]
    public void The_headers_of_a_dead_letter_are_those_that_are_written()
    {
        var written = Constants(typeof(DeadLetterHeaders)).Order().ToList();

        Assert.Equal(written, Document.Under($"{DeadLetterHeaders}/properties").Order());
        Assert.Equal(written, Document[$"{DeadLetterHeaders}/required"].Order());
    }

    [Fact]
    public void The_headers_and_kinds_of_a_control_record_are_those_that_are_written()
    {
        var written = DeadLetterRecord.Control([1], ControlKind.Kept, -1, "", DateTimeOffset.UnixEpoch);
        var names = written.Headers.Select(header => header.Key).ToList();

        Assert.Null(written.Value);
        Assert.Equal(names, Document.Under($"{ControlHeadersPath}/properties"));
        Assert.Equal(names, Document[$"{ControlHeadersPath}/required"]);
        Assert.Equal(Constants(typeof(ControlHeaders)).Order(), names.Order());
        Assert.Equal(
            Enum.GetNames<ControlKind>().Select(kind => kind.ToUpperInvariant()),
            Document[$"{ControlHeadersPath}/properties/ecmr_control/enum"]);
        Assert.Equal(
            Text(DeadLetterRecord.ReasonLengthMax), One($"{ControlHeadersPath}/properties/ecmr_reason/maxLength"));
    }

    [Fact]
    public void The_codes_of_dead_letters_are_those_that_are_given() => Assert.Equal(
        Constants(typeof(FactRecord)).Except([FactRecord.Type]).Order(),
        Document[$"{DeadLetterHeaders}/properties/ecmr_error_code/enum"].Order());

    [Fact]
    public void The_reader_tells_keys_values_and_lists()
    {
        var read = YamlLines.Read(
            """
            a:
              b: 'x: y'
              c: >-
                d: text
              e: [p, q]
              f:
                - r
                - s
            # a comment
            g: 1
            """);

        Assert.Equal(["b", "c", "e", "f"], read.Under("a"));
        Assert.Equal(["x: y"], read["a/b"]);
        Assert.Equal(["p", "q"], read["a/e"]);
        Assert.Equal(["r", "s"], read["a/f"]);
        Assert.Equal(["1"], read["g"]);
        Assert.Empty(read["a/c"]);
    }

    private static string One(string path) => Assert.Single(Document[path]);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static Message<byte[], byte[]> Written(string trace, Fact? fact = null, bool byReference = false) =>
        FactRecord.Of(
            new(LedgerPosition.Of(5, 77), DateTimeOffset.UnixEpoch, (fact ?? new()).ToByteArray(), trace),
            "urn:ecmr:test"u8.ToArray(), byReference);

    private static IEnumerable<string> NamesOf(Message<byte[], byte[]> record) =>
        record.Headers.Select(header => header.Key);

    /// <summary>Public constants of text: names of headers, and codes.</summary>
    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!);

    private static string RootOf(string start)
    {
        var folder = new DirectoryInfo(start);
        while (!File.Exists(Path.Combine(folder.FullName, "EcmrGateway.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No EcmrGateway.sln above {start}.");
        }

        return folder.FullName;
    }
}
