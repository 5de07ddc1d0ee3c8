using System.CommandLine;

namespace EcmrGateway.Cli.Commands;

/// <summary>Limits of options, told by the parser.</summary>
internal static class Limits
{
    /// <summary>Both ends included.</summary>
    public static Option<int> Between(this Option<int> option, int low, int high)
    {
        option.Validators.Add(result =>
        {
            // What is no number is told by the parser itself.
            if (int.TryParse(result.Tokens.Count > 0 ? result.Tokens[0].Value : null, out var value)
                && (value < low || value > high))
            {
                result.AddError($"{option.Name} is {low} to {high}.");
            }
        });
        return option;
    }
}
