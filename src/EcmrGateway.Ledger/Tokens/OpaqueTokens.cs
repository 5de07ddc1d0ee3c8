using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Ledger.Keys;

namespace EcmrGateway.Ledger.Tokens;

/// <summary>Page and resume tokens that only this gateway can make or read.</summary>
/// <remarks>
/// A token is encrypted and bound to a purpose, which names the call and whose data it is: a token of one party or
/// request opens no other. It carries a place to go on from, never a permission.
/// </remarks>
public sealed class OpaqueTokens
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int TokenLengthMax = 1_024;

    private readonly byte[] _key;

    /// <param name="masterKey">The gateway's secret; the key of tokens is derived from it.</param>
    public OpaqueTokens(ReadOnlySpan<byte> masterKey)
    {
        _key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, _key, salt: default, "ecmr-opaque-token-v1"u8);
    }

    /// <summary>Reads the secret from a file (base64), or makes one on first start.</summary>
    /// <exception cref="LedgerOpenException">The file holds no such secret.</exception>
    public static OpaqueTokens Open(string path) => new(KeyFile.ReadOrCreateSecret(path));

    public string Seal(string purpose, ReadOnlySpan<byte> content)
    {
        var sealedBytes = new byte[NonceLength + TagLength + content.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(
            nonce, content, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength),
            Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <returns>False: not made by this gateway for this purpose.</returns>
    public bool TryOpen(string purpose, string token, out byte[] content)
    {
        content = [];
        if (token.Length > TokenLengthMax || !Base64Url.IsValid(token, out var length)
            || length < NonceLength + TagLength)
        {
            return false;
        }

        var sealedBytes = Base64Url.DecodeFromChars(token);
        var opened = new byte[length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(_key, TagLength);
            cipher.Decrypt(
                sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength + TagLength),
                sealedBytes.AsSpan(NonceLength, TagLength), opened, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        content = opened;
        return true;
    }
}
