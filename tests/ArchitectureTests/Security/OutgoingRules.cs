using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcmrGateway.ArchitectureTests.Security;

/// <summary>Where the gateway opens connections to others: to addresses of its settings, and nowhere else.</summary>
/// <remarks>
/// No address comes from a request, so nobody can send the gateway to one. Client and command line run at the user's
/// and are not looked at. Libraries open connections too; those that do are asked to by one of these names.
/// </remarks>
internal static class OutgoingRules
{
    private static readonly string[] AtTheUsers = ["", "EcmrGateway.Client", "EcmrGateway.Cli"];

    /// <summary>Types and methods that open a connection, look a name up, or start a program.</summary>
    private static readonly HashSet<string> Openers =
    [
        "HttpClient", "IHttpClientFactory", "HttpMessageInvoker", "SocketsHttpHandler", "HttpClientHandler",
        "AddHttpClient", "WebClient", "WebRequest", "HttpWebRequest", "FtpWebRequest", "ClientWebSocket", "SmtpClient",
        "Socket", "TcpClient", "UdpClient", "NamedPipeClientStream", "QuicConnection", "Dns", "Ping", "Process",
        "GrpcChannel", "AddGrpcClient", "XmlUrlResolver",
        "ConnectionMultiplexer", "NpgsqlDataSourceBuilder", "NpgsqlConnection", "PostgresqlDatabase",
        "ProducerBuilder", "ConsumerBuilder", "AdminClientBuilder", "DependentAdminClientBuilder",
        "AddJwtBearer", "AddOtlpExporter",
    ];

    /// <summary>Every use as "project/File.cs: Name".</summary>
    public static IEnumerable<string> Uses(IEnumerable<SourceFile> files) => files
        .Where(file => !AtTheUsers.Contains(file.Project))
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<SimpleNameSyntax>()
            .Select(name => name.Identifier.Text)
            .Where(Openers.Contains)
            .Distinct()
            .Select(name => $"{file.Project["EcmrGateway.".Length..]}/{Path.GetFileName(file.Path)}: {name}"))
        .Order(StringComparer.Ordinal);
}
