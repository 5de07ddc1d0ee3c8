using System.CommandLine;
using Ecmr.Inspection.V1;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary>Why something that identifies is asked for: from options, or asked at the terminal.</summary>
internal sealed class AccessReasons
{
    private const int LengthMin = 3;
    private const int LengthMax = 200;

    private readonly Option<string?> _purpose = new("--purpose")
    {
        Description = "Purpose, as \"roadside check A15 Rotterdam\"; it is put on record",
    };

    private readonly Option<string?> _legalBasis = new("--legal-basis")
    {
        Description = "Legal basis, as \"Wwg art. 2.13\"; it is put on record",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_purpose);
        command.Options.Add(_legalBasis);
    }

    /// <exception cref="CliUsageException">A reason is missing or too short, and nobody can be asked.</exception>
    public AccessReason Get(CliSession session, ParseResult parsed) => new()
    {
        Purpose = Get(session, parsed.GetValue(_purpose), "Purpose of the access", "--purpose"),
        LegalBasis = Get(session, parsed.GetValue(_legalBasis), "Legal basis", "--legal-basis"),
    };

    private static string Get(CliSession session, string? given, string question, string option)
    {
        // Asked on standard error, so that --json has its output for itself.
        var text = given ?? (session.Notices.Profile.Capabilities.Interactive
            ? session.Notices.Prompt(new TextPrompt<string>($"{question} [dim](it is put on record)[/]:")
                .Validate(IsUsable))
            : throw new CliUsageException($"A reveal needs {option}: purpose and legal basis are put on record."));
        return IsUsable(text)
            ? text
            : throw new CliUsageException($"{option} has {LengthMin} to {LengthMax} characters.");
    }

    private static bool IsUsable(string text) => text.Length is >= LengthMin and <= LengthMax;
}
