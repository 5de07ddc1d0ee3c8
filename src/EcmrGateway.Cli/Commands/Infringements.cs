using System.CommandLine.Parsing;
using System.Globalization;
using Ecmr.Facts.V1;

namespace EcmrGateway.Cli.Commands;

/// <summary>Infringements as they are written on a command line: DOMAIN:CLASS or DOMAIN:CLASS:COUNT.</summary>
internal static class Infringements
{
    public const string Form =
        "DOMAIN:CLASS[:COUNT], DOMAIN one of social, technical, load, dangerous-goods, waste, market-access, " +
        "documents; CLASS one of MI, SI, VSI, MSI";

    private const int CountMax = 1000;

    /// <summary>For CustomParser.</summary>
    public static Infringement[] Parse(ArgumentResult result)
    {
        var parsed = new List<Infringement>();
        foreach (var token in result.Tokens)
        {
            if (Parse(token.Value) is { } infringement)
            {
                parsed.Add(infringement);
            }
            else
            {
                result.AddError($"'{token.Value}' is not {Form}.");
            }
        }

        return [.. parsed];
    }

    private static Infringement? Parse(string text)
    {
        var parts = text.Split(':');
        var count = 1;
        if (parts.Length is < 2 or > 3
            || Domain(parts[0]) is not { } domain
            || Class(parts[1]) is not { } grade
            || (parts.Length == 3
                && !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out count))
            || count is < 1 or > CountMax)
        {
            return null;
        }

        return new Infringement { Domain = domain, Class = grade, Count = count };
    }

    private static InfringementDomain? Domain(string name) => name.ToUpperInvariant() switch
    {
        "SOCIAL" => InfringementDomain.Social,
        "TECHNICAL" => InfringementDomain.Technical,
        "LOAD" => InfringementDomain.Load,
        "DANGEROUS-GOODS" or "ADR" => InfringementDomain.DangerousGoods,
        "WASTE" => InfringementDomain.Waste,
        "MARKET-ACCESS" => InfringementDomain.MarketAccess,
        "DOCUMENTS" => InfringementDomain.Documents,
        _ => null,
    };

    private static InfringementClass? Class(string name) => name.ToUpperInvariant() switch
    {
        "MI" => InfringementClass.Minor,
        "SI" => InfringementClass.Serious,
        "VSI" => InfringementClass.VerySerious,
        "MSI" => InfringementClass.MostSerious,
        _ => null,
    };
}
