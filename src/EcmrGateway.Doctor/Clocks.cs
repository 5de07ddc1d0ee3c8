using System.Globalization;

namespace EcmrGateway.Doctor;

/// <summary>Clocks of the engines beside this machine's.</summary>
internal static class Clocks
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);

    /// <summary>Tokens are taken for valid for so long before and after their time.</summary>
    private static readonly TimeSpan TokenSkew = TimeSpan.FromSeconds(30);

    public static Finding Compare(string engine, TimeSpan ahead)
    {
        var side = ahead < TimeSpan.Zero ? "behind" : "ahead of";
        var says = string.Create(
            CultureInfo.InvariantCulture,
            $"The clock of {engine} is {ahead.Duration().TotalSeconds:0.0} s {side} this machine's.");
        const string Remedy = "Let both machines take their time from the same servers (NTP).";
        return ahead.Duration() <= Tolerated ? Finding.Ok("clock", says)
            : ahead.Duration() <= TokenSkew ? Finding.Warning("clock", says, Remedy)
            : Finding.Wrong("clock", says, Remedy);
    }
}
