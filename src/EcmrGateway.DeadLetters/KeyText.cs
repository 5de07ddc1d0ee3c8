using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EcmrGateway.DeadLetters;

/// <summary>Keys of records as text that can be typed, for whatever bytes a key has.</summary>
public static class KeyText
{
    private const int LengthMax = 100;

    /// <summary>The key that a record is parked under: its own, or one that no other record has.</summary>
    public static byte[] Of(byte[]? key, int partition, long offset) => key is { Length: > 0 }
        ? key
        : Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"@{partition}-{offset}"));

    /// <summary>The key itself where it can be typed, otherwise its bytes in hex, or the hash of a long one.</summary>
    public static string Of(ReadOnlySpan<byte> key)
    {
        if (key.Length is > 0 and <= LengthMax && !key.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return Encoding.ASCII.GetString(key);
        }

        return key.Length <= LengthMax / 2
            ? $"hex:{Convert.ToHexStringLower(key)}"
            : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(key))}";
    }
}
