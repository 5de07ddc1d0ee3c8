using System.CommandLine;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.Doctor;
using Microsoft.Extensions.Configuration;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr doctor</c>: whether a gateway with these settings is well, and what to do if it is not.</summary>
internal static class DoctorCommand
{
    public static Command Create(CliApp app)
    {
        var file = new Option<FileInfo?>("--settings")
        {
            Description = "The gateway's appsettings.json; without one the environment and the command line count",
        };
        var command = new Command(
            "doctor",
            "Look whether settings, keys and engines are well; takes the gateway's settings (--Section:Name=value) and "
            + "changes nothing")
        {
            file,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            if (parsed.UnmatchedTokens.FirstOrDefault(token => !IsSetting(token)) is { } other)
            {
                throw new CliUsageException($"'{other}' is no setting of the form --Section:Name=value.");
            }

            var settings = Read(parsed.GetValue(file), [.. parsed.UnmatchedTokens]);
            var findings = await Examination.RunAsync(settings, session.Host.Time, cancellation).ConfigureAwait(false);
            if (session.Json)
            {
                session.WriteJson(findings, CliJson.Default.IReadOnlyListFinding);
            }
            else
            {
                DoctorView.Write(session.Screen, findings);
            }

            return findings.Any(finding => finding.State is FindingState.Wrong) ? ExitCode.Refused : ExitCode.Ok;
        });
        return command;
    }

    private static IConfiguration Read(FileInfo? file, string[] arguments)
    {
        try
        {
            return Examination.ReadSettings(file?.FullName, arguments);
        }
        catch (InvalidDataException failure)
        {
            throw new CliUsageException(failure.Message);
        }
    }

    private static bool IsSetting(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) && token.Contains('=', StringComparison.Ordinal);
}
