using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcmrGateway.Client;
using EcmrGateway.Client.Tokens;
using Google.Protobuf;
using Spectre.Console;

namespace EcmrGateway.Cli;

/// <summary>One run of a command: its surroundings, its global options, and the gateway it speaks to.</summary>
internal sealed class CliSession : IDisposable
{
    private readonly List<IDisposable> _open = [];
    private readonly string? _token;
    private readonly bool _plainText;

    public CliSession(CliHost host, GlobalOptions options, ParseResult parsed)
    {
        Host = host;
        Party = parsed.GetRequiredValue(options.Party);
        Json = parsed.GetValue(options.Json);
        _token = parsed.GetValue(options.Token) ?? host.Variable("ECMR_TOKEN");
        _plainText = parsed.GetValue(options.PlainText) || host.Variable("ECMR_PLAIN_TEXT") == "true";
        var address = parsed.GetValue(options.Address) ?? host.Variable("ECMR_ADDRESS");
        Addresses = address is null
            ? [GatewayClientOptions.LocalAddress]
            : [.. address.Split(',', StringSplitOptions.TrimEntries).Select(AddressOf)];
    }

    public CliHost Host { get; }

    public bool Json { get; }

    /// <summary>Addresses of the gateway's copies, one at least.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    public Uri Address => Addresses[0];

    /// <summary>Party that a token of the sandbox issuer acts for.</summary>
    public string Party { get; }

    public IAnsiConsole Screen => Host.Screen;

    public IAnsiConsole Notices => Host.Notices;

    /// <summary>A client with the token given, or else one of the sandbox issuer for the role.</summary>
    public GatewayClient Connect(string role, int streamWindow = 256)
    {
        ITokenSource tokens;
        if (_token is { Length: > 0 })
        {
            tokens = new StaticToken(_token);
        }
        else
        {
            var sandbox = new SandboxTokenSource(Address, new SandboxIdentity(role, Party));
            _open.Add(sandbox);
            tokens = sandbox;
        }

        try
        {
            var client = new GatewayClient(new GatewayClientOptions
            {
                Address = Address,
                MoreAddresses = [.. Addresses.Skip(1)],
                AllowPlainText = _plainText,
                Tokens = tokens,
                StreamWindow = streamWindow,
            });
            _open.Add(client);
            return client;
        }
        catch (ArgumentException exception)
        {
            throw new CliUsageException(exception.Message);
        }
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CliUsageException($"The address '{text}' is not a URL of http or https.");

    /// <summary>Writes a message as one line of JSON.</summary>
    public void WriteJson(IMessage message) => Host.Output.WriteLine(JsonFormatter.Default.Format(message));

    /// <summary>Writes a result that is no message of protos/ as one line of JSON.</summary>
    public void WriteJson<T>(T result, JsonTypeInfo<T> type) =>
        Host.Output.WriteLine(JsonSerializer.Serialize(result, type));

    public void Dispose()
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            _open[i].Dispose();
        }

        Host.Output.Flush();
    }
}

/// <summary>The command line, or a file named on it, cannot be used.</summary>
internal sealed class CliUsageException(string message) : Exception(message);
