using System.CommandLine;
using Confluent.Kafka;
using EcmrGateway.Cli.Rendering;

namespace EcmrGateway.Cli.Commands.Dlt;

/// <summary><c>ecmr dlt</c>: keys whose facts are parked, for operators of a gateway on Kafka.</summary>
internal static class DltCommand
{
    public static Command Create(CliApp app)
    {
        var options = new DltOptions();
        var command = new Command("dlt", "List, show, replay and drop dead letters; speaks to Kafka, not to a gateway");
        options.AddTo(command);
        command.Subcommands.Add(DltListCommand.Create(app, options));
        command.Subcommands.Add(DltShowCommand.Create(app, options));
        command.Subcommands.Add(DltDecideCommand.CreateReplay(app, options));
        command.Subcommands.Add(DltDecideCommand.CreateDrop(app, options));
        return command;
    }

    /// <summary>As an action of the program, with what the brokers refuse as a message and an exit code.</summary>
    public static void SetAction(
        CliApp app, Command command, Func<CliSession, ParseResult, CancellationToken, Task<int>> action) =>
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            try
            {
                return await action(session, parsed, cancellation).ConfigureAwait(false);
            }
            catch (KafkaException failure)
            {
                ErrorView.Write(session.Notices, $"Kafka: {failure.Error.Code}, {failure.Error.Reason}");
                return ExitCodeOf(failure.Error.Code);
            }
            catch (InvalidOperationException failure)
            {
                // A setting that the client does not know, or cannot use.
                throw new CliUsageException($"The Kafka client cannot be set up: {failure.Message}");
            }
        });

    private static int ExitCodeOf(ErrorCode code) => code switch
    {
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
            or ErrorCode.ClusterAuthorizationFailed or ErrorCode.SaslAuthenticationFailed
            or ErrorCode.Local_Authentication => ExitCode.NotPermitted,
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic => ExitCode.Usage,
        _ => ExitCode.Unavailable,
    };
}
