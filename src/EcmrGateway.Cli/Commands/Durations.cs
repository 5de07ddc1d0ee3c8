using System.CommandLine.Parsing;
using System.Globalization;

namespace EcmrGateway.Cli.Commands;

/// <summary>Spans as they are written on a command line: 90m, 2h, 1d.</summary>
internal static class Durations
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(48);

    /// <summary>For CustomParser: at least a minute, at most 48 hours.</summary>
    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (TryParse(text, out var span) && span >= TimeSpan.FromMinutes(1) && span <= Longest)
        {
            return span;
        }

        result.AddError($"'{text}' is no span of 1m to 48h, as 90m or 2h.");
        return null;
    }

    private static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length < 2
            || !double.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number)
            || number > 10_000)
        {
            return false;
        }

        span = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => default,
        };
        return span > TimeSpan.Zero;
    }
}
