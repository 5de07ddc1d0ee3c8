using System.Security.Cryptography;
using System.Text;

namespace EcmrGateway.Ledger.Keys;

/// <summary>A secret in a file of its own that only its owner may read.</summary>
public static class KeyFile
{
    /// <summary>A key file is a few hundred bytes; a larger file is another one.</summary>
    private const int LengthMax = 64 * 1024;

    /// <summary>Bytes of a secret.</summary>
    private const int SecretLength = 32;

    /// <summary>Reads a signing key (ECDSA P-256, PKCS#8 PEM), or makes one when it is not there.</summary>
    /// <exception cref="LedgerOpenException">The file cannot be read or made, or holds no such key.</exception>
    public static ECDsa ReadOrCreateSigningKey(string path)
    {
        var pem = ReadOrCreate(path, CreatePem);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == 256 ? key : throw new CryptographicException("The key is not on the curve P-256.");
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new LedgerOpenException($"{path} holds no PKCS#8 key of the curve P-256.", failure);
        }
    }

    /// <summary>Reads a public key (ECDSA P-256, SubjectPublicKeyInfo in PEM); none is made.</summary>
    /// <exception cref="LedgerOpenException">The file cannot be read, or holds no such key.</exception>
    public static ECDsa ReadPublicKey(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Read(path));
            return key.KeySize == 256 ? key : throw new CryptographicException("The key is not on the curve P-256.");
        }
        catch (Exception failure)
            when (failure is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new LedgerOpenException(
                $"{path} cannot be read as a public key of the curve P-256 in PEM: {failure.Message}", failure);
        }
    }

    /// <summary>Of two processes that make it at once, one wins.</summary>
    private static string ReadOrCreate(string path, Func<string> create)
    {
        try
        {
            if (!File.Exists(path))
            {
                Write(path, create(), ownerOnly: true);
            }

            return Read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerOpenException($"The key file {path} cannot be read or created: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a secret of 32 random bytes (base64), or makes one when it is not there.</summary>
    /// <exception cref="LedgerOpenException">The file cannot be read or made, or holds no such secret.</exception>
    public static byte[] ReadOrCreateSecret(string path)
    {
        var text = ReadOrCreate(
            path, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretLength)) + "\n");
        var secret = new byte[SecretLength];
        return Convert.TryFromBase64String(text.Trim(), secret, out var length) && length == SecretLength
            ? secret
            : throw new LedgerOpenException($"{path} does not hold {SecretLength} bytes in base64.");
    }

    /// <summary>Writes a file whole or not at all; one that is there already stays.</summary>
    public static void Write(string path, string text, bool ownerOnly)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            var everyone = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            options.UnixCreateMode =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | (ownerOnly ? UnixFileMode.None : everyone);
        }

        using (var file = new FileStream(unfinished, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
        }
    }

    private static string CreatePem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static string Read(string path) => new FileInfo(path).Length <= LengthMax
        ? File.ReadAllText(path)
        : throw new LedgerOpenException($"The key file {path} is larger than a key can be.");
}
