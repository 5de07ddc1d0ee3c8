using System.CommandLine;
using EcmrGateway.Client;

namespace EcmrGateway.Cli;

/// <summary>Options that every command has.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Address { get; } = new("--address", "-a")
    {
        Description =
            $"Address of the gateway; of its copies, with commas [ECMR_ADDRESS, {GatewayClientOptions.LocalAddress}]",
        Recursive = true,
    };

    public Option<string?> Token { get; } = new("--token")
    {
        Description = "Bearer token; without one the sandbox issuer is asked [ECMR_TOKEN]",
        Recursive = true,
    };

    public Option<bool> PlainText { get; } = new("--plain-text")
    {
        Description = "Take http to other machines too, as in a mesh that encrypts [ECMR_PLAIN_TEXT=true]",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Results as JSON on standard output",
        Recursive = true,
    };

    public Option<string> Party { get; } = new("--party")
    {
        Description = "Party to act for, in a token of the sandbox issuer",
        DefaultValueFactory = _ => "sandbox",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Options.Add(Address);
        root.Options.Add(Token);
        root.Options.Add(PlainText);
        root.Options.Add(Party);
        root.Options.Add(Json);
    }
}
