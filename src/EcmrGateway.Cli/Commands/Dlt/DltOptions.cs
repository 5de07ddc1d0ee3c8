using System.CommandLine;
using EcmrGateway.DeadLetters;

namespace EcmrGateway.Cli.Commands.Dlt;

/// <summary>Where the dead letters are.</summary>
internal sealed class DltOptions
{
    private const string LocalBroker = "127.0.0.1:9092";

    private readonly Option<string?> _bootstrap = new("--bootstrap")
    {
        Description = $"Brokers to begin with [ECMR_KAFKA, {LocalBroker}]",
        Recursive = true,
    };

    private readonly Option<string> _topic = new("--topic")
    {
        Description = "Topic of the facts; its dead letters are in the one with .dlt at the end",
        DefaultValueFactory = _ => "ecmr.facts.v1",
        Recursive = true,
    };

    private readonly Option<FileInfo?> _settings = new("--command-config")
    {
        Description = "File with settings of the client, as security.protocol=ssl, one a line",
        Recursive = true,
    };

    private readonly Option<int> _timeout = new Option<int>("--timeout")
    {
        Description = "Longest wait for the brokers, in seconds",
        DefaultValueFactory = _ => 10,
        Recursive = true,
    }.Between(1, 300);

    public void AddTo(Command command)
    {
        command.Options.Add(_bootstrap);
        command.Options.Add(_topic);
        command.Options.Add(_settings);
        command.Options.Add(_timeout);
    }

    public DeadLetterDesk Open(CliSession session, ParseResult parsed)
    {
        var settings = parsed.GetValue(_settings) is { } file ? Read(file) : [];
        if ((parsed.GetValue(_bootstrap) ?? session.Host.Variable("ECMR_KAFKA")) is { } bootstrap)
        {
            settings["bootstrap.servers"] = bootstrap;
        }

        settings.TryAdd("bootstrap.servers", LocalBroker);
        return new(
            settings, $"{parsed.GetRequiredValue(_topic)}.dlt", TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
            session.Host.Time);
    }

    /// <summary>Name and value of each line; empty ones and those that begin with # say nothing.</summary>
    private static Dictionary<string, string> Read(FileInfo file)
    {
        var settings = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(file.FullName).Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var (end, name) = (line.IndexOf('=', StringComparison.Ordinal), line);
            if (end <= 0)
            {
                // Not the line itself: it may hold a password.
                throw new CliUsageException($"'{file.Name}' has a line that is not name=value.");
            }

            name = line[..end].Trim();
            settings[name] = line[(end + 1)..].Trim();
        }

        return settings;
    }
}
