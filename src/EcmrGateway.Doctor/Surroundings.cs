using System.Net.Sockets;
using EcmrGateway.Ledger;
using Microsoft.Extensions.Configuration;

namespace EcmrGateway.Doctor;

/// <summary>What the gateway speaks to beside the engines: the issuer of tokens and the collector.</summary>
internal static class Surroundings
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        IConfiguration configuration, LedgerAccess access, CancellationToken cancellation) =>
    [
        access is LedgerAccess.ReadFacts
            ? Finding.NotChecked("identity", "The roles relay and scoring take no calls with tokens.")
            : await AddressAsync(
                "identity", "Identity:Authority", configuration["Identity:Authority"],
                "It is not set: the sandbox issuer is used, in Development and on loopback only.",
                "Start the issuer, or correct the address: without it no token is accepted after a start.",
                cancellation),
        await AddressAsync(
            "telemetry", "Telemetry:OtlpEndpoint", configuration["Telemetry:OtlpEndpoint"],
            "It is not set: nothing is exported; /metrics has the metrics.",
            "Start the collector, or correct the address; the gateway works without it.", cancellation),
    ];

    private static async Task<Finding> AddressAsync(
        string check, string setting, string? value, string unset, string remedy, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(value))
        {
            return Finding.NotChecked(check, unset);
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            return Finding.Wrong(check, $"{setting} is not an address, as https://example.org.", "Correct it.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return Finding.Ok(check, $"{setting} {address.Host}:{address.Port} can be reached.");
        }
        catch (Exception failure) when (
            failure is SocketException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return check == "identity"
                ? Finding.Wrong(check, Away(setting, address, failure), remedy)
                : Finding.Warning(check, Away(setting, address, failure), remedy);
        }
    }

    private static string Away(string setting, Uri address, Exception failure) =>
        $"{setting} {address.Host}:{address.Port} cannot be reached: "
        + (failure is SocketException ? failure.Message : "no answer in time") + ".";
}
