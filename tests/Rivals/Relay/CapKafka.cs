using System.Text;
using Confluent.Kafka;
using DotNetCore.CAP;
using DotNetCore.CAP.Messages;
using DotNetCore.CAP.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace EcmrGateway.Rivals.Relay;

/// <summary>Kafka for CAP: its own transport, DotNetCore.CAP.Kafka, is in no registry that builds here use.</summary>
/// <remarks>
/// It does as its own does (headers as UTF-8, produce, wait for the acknowledgement), with one producer for all senders
/// and a short linger in place of a pool of ten, which gives larger requests. Nothing is consumed.
/// </remarks>
internal sealed class CapKafka(string brokers) : ICapOptionsExtension
{
    /// <summary>The header that its own transport takes a record's key from.</summary>
    public const string KeyHeader = "cap-kafka-key";

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(new CapMessageQueueMakerService("Kafka"));
        services.AddSingleton<ITransport>(_ => new Transport(brokers));
        services.AddSingleton<IConsumerClientFactory, NoConsumers>();
    }

    private sealed class Transport(string brokers) : ITransport, IDisposable
    {
        private readonly IProducer<string, byte[]> _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = brokers,
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 1,
        }).Build();

        public BrokerAddress BrokerAddress => new("Kafka", brokers);

        public async Task<OperateResult> SendAsync(TransportMessage message)
        {
            try
            {
                var headers = new Confluent.Kafka.Headers();
                foreach (var (name, value) in message.Headers)
                {
                    headers.Add(name, value is null ? null : Encoding.UTF8.GetBytes(value));
                }

                var key = message.Headers.TryGetValue(KeyHeader, out var stated) ? stated : message.GetId();
                var sent = await _producer.ProduceAsync(
                    message.GetName(), new() { Key = key!, Value = message.Body.ToArray(), Headers = headers });
                return sent.Status == PersistenceStatus.NotPersisted
                    ? OperateResult.Failed(new KafkaException(ErrorCode.Local_Fail))
                    : OperateResult.Success;
            }
            catch (KafkaException failure)
            {
                return OperateResult.Failed(failure);
            }
        }

        public void Dispose()
        {
            _producer.Flush(TimeSpan.FromSeconds(10));
            _producer.Dispose();
        }
    }

    private sealed class NoConsumers : IConsumerClientFactory
    {
        public Task<IConsumerClient> CreateAsync(string groupName, byte groupConcurrent) =>
            throw new NotSupportedException("Nothing is subscribed to.");
    }
}
