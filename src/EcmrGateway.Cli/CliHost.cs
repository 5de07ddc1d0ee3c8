using Spectre.Console;

namespace EcmrGateway.Cli;

/// <summary>What the program has of its surroundings; a test gives its own.</summary>
/// <param name="Output">Standard output: results, and nothing else with --json.</param>
/// <param name="Screen">Results for people, on standard output.</param>
/// <param name="Notices">Progress and errors, on standard error.</param>
/// <param name="Variable">Environment variables.</param>
internal sealed record CliHost(
    TextWriter Output, IAnsiConsole Screen, IAnsiConsole Notices, Stream Input, TimeProvider Time,
    Func<string, string?> Variable)
{
    private const int WidthOfFiles = 120;

    public static CliHost OfProcess()
    {
        var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = false };
        return new(
            output, Open(Console.Out), Open(Console.Error), Console.OpenStandardInput(), TimeProvider.System,
            Environment.GetEnvironmentVariable);
    }

    // Spectre leaves colours out by itself where the output is no terminal or NO_COLOR is set.
    private static IAnsiConsole Open(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
