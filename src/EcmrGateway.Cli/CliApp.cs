using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using EcmrGateway.Cli.Commands;
using EcmrGateway.Cli.Commands.Dlt;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.Client.Errors;
using Spectre.Console;

namespace EcmrGateway.Cli;

/// <summary>The commands of <c>ecmr</c>, and what becomes of what they throw.</summary>
internal sealed class CliApp
{
    private readonly CliHost _host;
    private readonly GlobalOptions _global = new();

    public CliApp(CliHost host)
    {
        _host = host;
        Root = new RootCommand("ecmr: hand in consignment notes, verify receipts, see what is on the road.");
        _global.AddTo(Root);
        Command[] commands =
        [
            SampleCommand.Create(this), SubmitCommand.Create(this), GetCommand.Create(this), WatchCommand.Create(this),
            VerifyCommand.Create(this), AreasCommand.Create(this), RankCommand.Create(this), ScreenCommand.Create(this),
            RevealNoteCommand.Create(this), OutcomeCommand.Create(this), AuditCommand.Create(this),
            TokenCommand.Create(this), BenchCommand.Create(this), DltCommand.Create(this),
            DoctorCommand.Create(this),
        ];
        foreach (var command in commands)
        {
            Root.Subcommands.Add(command);
        }
    }

    public RootCommand Root { get; }

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var parsed = Root.Parse(arguments);
        if (parsed.Action is ParseErrorAction action)
        {
            action.ShowHelp = false;
        }

        var run = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = _host.Output,
            Error = _host.Notices.Profile.Out.Writer,
        };
        var code = await parsed.InvokeAsync(run, cancellation).ConfigureAwait(false);
        await _host.Output.FlushAsync(cancellation).ConfigureAwait(false);
        if (parsed.Errors.Count == 0)
        {
            return code;
        }

        var named = "";
        for (var at = parsed.CommandResult; at.Command != Root; at = (CommandResult)at.Parent!)
        {
            named = $"{at.Command.Name} {named}";
        }

        _host.Notices.MarkupLineInterpolated($"[dim]ecmr {named}--help tells the options[/]");
        return ExitCode.Usage;
    }

    /// <summary>
    /// Makes a command's action: opens a session, and turns what is thrown into a message and an exit code.
    /// </summary>
    public void SetAction(Command command, Func<CliSession, ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                using var session = new CliSession(_host, _global, parsed);
                return await action(session, parsed, cancellation).ConfigureAwait(false);
            }
            catch (GatewayException exception)
            {
                ErrorView.Write(_host.Notices, exception.Error);
                return ExitCode.Of(exception.Error);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                _host.Notices.MarkupLine("[dim]stopped[/]");
                return ExitCode.Interrupted;
            }
            catch (Exception exception) when (
                exception is CliUsageException or IOException or UnauthorizedAccessException)
            {
                ErrorView.Write(_host.Notices, exception.Message);
                return ExitCode.Usage;
            }
        });
}
