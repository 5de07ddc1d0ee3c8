using System.Security.Cryptography;
using EcmrGateway.Ledger;

namespace EcmrGateway.Host;

/// <summary>The public key of the ledger, with which anyone can verify a receipt off-line.</summary>
internal static class LedgerKey
{
    public static void MapLedgerKey(this WebApplication app) => app.MapGet(
        "/v1/ledger/public-key",
        (INoteLedger ledger) => Results.Text(
            PemEncoding.WriteString("PUBLIC KEY", ledger.PublicKey.Span), "application/x-pem-file"));
}
