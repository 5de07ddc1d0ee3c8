using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace EcmrGateway.Host.Identity;

/// <summary>Key of the sandbox issuer, made on first start; readable by its owner only.</summary>
internal sealed class SandboxKey : IDisposable
{
    public const string Issuer = "ecmr-sandbox";

    private readonly ECDsa _key;

    public SandboxKey(string file)
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file))
        {
            _key.ImportFromPem(File.ReadAllText(file));
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(file, options);
            writer.Write(_key.ExportPkcs8PrivateKeyPem());
        }

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
