using System.CommandLine;
using System.Globalization;
using EcmrGateway.Client.Sample;

namespace EcmrGateway.Cli.Commands;

/// <summary>Options of the sample generator, for each command that uses it.</summary>
internal sealed class SampleArguments
{
    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Seed of the generator: the same one gives the same notes",
        DefaultValueFactory = _ => 1,
    };

    public Option<string?> Around { get; } = new("--around")
    {
        Description = "Moment around which the carriage is planned, ISO 8601 with zone [the next whole hour]",
    };

    public Option<double> WrongPercent { get; } = new("--wrong-percent")
    {
        Description = "Share of notes that a rule refuses, 0 to 100",
        DefaultValueFactory = _ => 2,
    };

    public Option<double> RiskScale { get; } = new("--risk-scale")
    {
        Description = "Scale of the shares of risky patterns, 0 to 5",
        DefaultValueFactory = _ => 1,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Seed);
        command.Options.Add(Around);
        command.Options.Add(WrongPercent);
        command.Options.Add(RiskScale);
    }

    /// <exception cref="CliUsageException">An option is outside its limits.</exception>
    public NoteGenerator Make(ParseResult parsed, int count, TimeProvider time)
    {
        try
        {
            return new NoteGenerator(new SampleOptions
            {
                Count = count,
                Seed = parsed.GetValue(Seed),
                Around = Moment(parsed.GetValue(Around), time),
                WrongPercent = parsed.GetValue(WrongPercent),
                RiskScale = parsed.GetValue(RiskScale),
            });
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new CliUsageException(exception.Message);
        }
    }

    private static DateTimeOffset Moment(string? text, TimeProvider time)
    {
        if (text is null)
        {
            var now = time.GetUtcNow().UtcDateTime;
            return new DateTimeOffset(now.Date.AddHours(now.Hour + 1), TimeSpan.Zero);
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUniversalTime()
            : throw new CliUsageException($"'{text}' is no moment of ISO 8601.");
    }
}
