using System.Security.Cryptography;
using EcmrGateway.Ledger.Keys;
using Microsoft.IdentityModel.Tokens;

namespace EcmrGateway.Host.Identity;

/// <summary>Key of the sandbox issuer, made on first start; readable by its owner only.</summary>
internal sealed class SandboxKey : IDisposable
{
    public const string Issuer = "ecmr-sandbox";

    private readonly ECDsa _key;

    public SandboxKey(string file)
    {
        _key = KeyFile.ReadOrCreateSigningKey(file);
        SecurityKey = new ECDsaSecurityKey(_key)
        {
            KeyId = Issuer,

            // The library's cache is shared by the whole process and would outlive this key.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        Credentials = new SigningCredentials(SecurityKey, SecurityAlgorithms.EcdsaSha256);
    }

    public SecurityKey SecurityKey { get; }

    public SigningCredentials Credentials { get; }

    public void Dispose() => _key.Dispose();
}
