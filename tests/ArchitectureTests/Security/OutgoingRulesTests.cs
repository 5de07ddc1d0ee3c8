namespace EcmrGateway.ArchitectureTests.Security;

public sealed class OutgoingRulesTests
{
    /// <summary>All of them, each to what a setting names.</summary>
    private static readonly string[] Known =
    [
        "DeadLetters/DeadLetterDesk.cs: ConsumerBuilder",
        "DeadLetters/DeadLetterDesk.cs: DependentAdminClientBuilder",
        "DeadLetters/DeadLetterDesk.cs: ProducerBuilder",
        "Doctor/Surroundings.cs: TcpClient",
        "Host/IdentityRegistration.cs: AddJwtBearer",
        "Host/TelemetryRegistration.cs: AddOtlpExporter",
        "HotStore/EmbeddedGarnet.cs: Socket",
        "HotStore/HotStoreCheckup.cs: ConnectionMultiplexer",
        "HotStore/HotStoreConnection.cs: ConnectionMultiplexer",
        "Ledger/PostgresSchema.cs: NpgsqlConnection",
        "Ledger/PostgresSchema.cs: PostgresqlDatabase",
        "Ledger/PostgresSource.cs: NpgsqlDataSourceBuilder",
        "Ledger/ShardCommands.cs: NpgsqlConnection",
        "Ledger/ShardWriter.cs: NpgsqlConnection",
        "Streaming/BrokerHealth.cs: AdminClientBuilder",
        "Streaming/DeadLetterFollower.cs: ConsumerBuilder",
        "Streaming/DeadLetters.cs: ProducerBuilder",
        "Streaming/GroupMemberFollow.cs: ConsumerBuilder",
        "Streaming/KeyReplay.cs: ConsumerBuilder",
        "Streaming/RelayProducer.cs: ProducerBuilder",
        "Streaming/StreamCheckup.cs: AdminClientBuilder",
        "Streaming/StreamCheckup.cs: ConsumerBuilder",
        "Streaming/TopicCheck.cs: AdminClientBuilder",
    ];

    [Fact]
    public void The_gateway_opens_these_connections_and_no_others() =>
        Assert.Equal(Known, OutgoingRules.Uses(Repository.SourceFiles));

    [Theory]
    [InlineData("class A { HttpClient _http = new(); }", "HttpClient")]
    [InlineData("class A { void B() => new System.Net.Http.HttpClient(); }", "HttpClient")]
    [InlineData("class A(IHttpClientFactory clients);", "IHttpClientFactory")]
    [InlineData("class A { void B() => System.Net.Dns.GetHostEntry(\"a\"); }", "Dns")]
    [InlineData("class A { void B(IServiceCollection c) => c.AddHttpClient<A>(); }", "AddHttpClient")]
    public void A_new_connection_is_found(string code, string name) =>
        Assert.Equal(
            [$"Ingress/A.cs: {name}"], OutgoingRules.Uses([new("src/EcmrGateway.Ingress/A.cs", code)]));

    [Fact]
    public void The_client_may_open_what_it_likes() =>
        Assert.Empty(OutgoingRules.Uses(
            [new("src/EcmrGateway.Client/A.cs", "class A { HttpClient _http = new(); }")]));
}
