using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A broker inside the client library: it speaks the protocol and keeps nothing.</summary>
internal sealed class MockBroker : IDisposable
{
    /// <summary>The number of the request in the protocol.</summary>
    public const short OffsetFetch = 9;

    private readonly IAdminClient _client;

    public MockBroker()
    {
        var settings = new AdminClientConfig { BootstrapServers = "mock:9092" };
        settings.Set("test.mock.num.brokers", "1");
        _client = new AdminClientBuilder(settings).SetLogHandler((_, _) => { }).Build();
        var broker = _client.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        BootstrapServers = string.Create(CultureInfo.InvariantCulture, $"{broker.Host}:{broker.Port}");
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr MockCluster(IntPtr client);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void PushErrors(IntPtr cluster, short request, nuint count, int[] errors);

    public string BootstrapServers { get; }

    /// <summary>To ask for a topic makes it, with four partitions.</summary>
    public void Make(string topic) => _client.GetMetadata(topic, TimeSpan.FromSeconds(10));

    /// <summary>The next requests of a kind are answered with errors, one each.</summary>
    public void Refuse(short request, params ErrorCode[] errors)
    {
        // The wrapper does not offer the mock's controls; the library that it has loaded does.
        var library = NativeLibrary.Load(Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
            .First(module => module.ModuleName.Contains("librdkafka", StringComparison.Ordinal)).FileName);
        var cluster = Marshal.GetDelegateForFunctionPointer<MockCluster>(
            NativeLibrary.GetExport(library, "rd_kafka_handle_mock_cluster"))(Client());
        Marshal.GetDelegateForFunctionPointer<PushErrors>(
            NativeLibrary.GetExport(library, "rd_kafka_mock_push_request_errors_array"))(
                cluster, request, (nuint)errors.Length, [.. errors.Select(error => (int)error)]);
    }

    public void Dispose() => _client.Dispose();

    private IntPtr Client() => ((SafeHandle)typeof(Handle)
        .GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)!
        .GetValue(_client.Handle)!).DangerousGetHandle();
}
