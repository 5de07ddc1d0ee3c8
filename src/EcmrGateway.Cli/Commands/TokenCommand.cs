using System.CommandLine;
using System.Text.Json;
using EcmrGateway.Client.Tokens;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr token</c>: a token of the sandbox issuer, for other tools.</summary>
internal static class TokenCommand
{
    public static Command Create(CliApp app)
    {
        var role = new Option<string>("--role")
        {
            Description = "submitter, carrier, inspector or auditor",
            DefaultValueFactory = _ => Roles.Submitter,
        };
        role.AcceptOnlyFromAmong(Roles.Submitter, "carrier", Roles.Inspector, Roles.Auditor);
        var command = new Command("token", "Get a token of the sandbox issuer");
        command.Options.Add(role);
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            var identity = new SandboxIdentity(parsed.GetRequiredValue(role), session.Party);
            using var source = new SandboxTokenSource(session.Address, identity);
            var token = await source.GetAsync(cancellation).ConfigureAwait(false);
            var line = session.Json ? $"{{\"access_token\":\"{JsonEncodedText.Encode(token)}\"}}" : token;
            await session.Host.Output.WriteLineAsync(line).ConfigureAwait(false);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary>Roles of the gateway, as the sandbox issuer knows them.</summary>
internal static class Roles
{
    public const string Submitter = "submitter";
    public const string Inspector = "inspector";
    public const string Auditor = "auditor";
}
