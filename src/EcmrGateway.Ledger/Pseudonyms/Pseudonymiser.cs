using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Ledger.Keys;

namespace EcmrGateway.Ledger.Pseudonyms;

/// <summary>Turns identifiers into pseudonyms with a key that never leaves the gateway.</summary>
/// <remarks>
/// Each kind of subject has a key of its own (HKDF-SHA256, RFC 5869), so that a plate on a truck and the same plate on
/// a trailer cannot be matched by their pseudonyms. The pseudonym is the first half of an HMAC-SHA256: 128 bits are
/// enough that no two of 10^12 subjects meet (probability below 10^-14). May be called by many threads at once.
/// </remarks>
public sealed class Pseudonymiser
{
    /// <summary>Bytes of the key in the file and of each key derived from it.</summary>
    public const int KeyLength = 32;

    /// <summary>Longest identifier. A longer one is no identifier.</summary>
    public const int ValueLengthMax = 256;

    private readonly byte[] _carrier;
    private readonly byte[] _vehicle;
    private readonly byte[] _trailer;
    private readonly byte[] _consignor;

    /// <param name="key">32 random bytes.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public Pseudonymiser(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
        {
            throw new ArgumentException($"A pseudonym key has {KeyLength} bytes.", nameof(key));
        }

        _carrier = Derive(key, "carrier");
        _vehicle = Derive(key, "vehicle");
        _trailer = Derive(key, "trailer");
        _consignor = Derive(key, "consignor");
    }

    /// <summary>Reads the key from a file (base64), or makes one on first start.</summary>
    /// <exception cref="LedgerOpenException">The file holds no such key.</exception>
    public static Pseudonymiser Open(string path) => new(KeyFile.ReadOrCreateSecret(path));

    /// <param name="value">The identifier as it was normalised by the caller; at most 256 characters.</param>
    public Pseudonym Of(SubjectKind kind, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, ValueLengthMax, nameof(value));
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(ValueLengthMax)];
        return Hash(kind, bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
    }

    /// <param name="normalisedPlate">Registration without spaces and hyphens, in upper case.</param>
    /// <param name="country">Country of registration, ISO 3166-1 alpha-2; empty where it is not known.</param>
    public Pseudonym Vehicle(string normalisedPlate, string country) =>
        Registered(SubjectKind.Vehicle, normalisedPlate, country);

    /// <summary>As <see cref="Vehicle"/>, for trailers.</summary>
    public Pseudonym Trailer(string normalisedPlate, string country) =>
        Registered(SubjectKind.Trailer, normalisedPlate, country);

    private Pseudonym Registered(SubjectKind kind, string plate, string country)
    {
        ArgumentException.ThrowIfNullOrEmpty(plate);
        ArgumentNullException.ThrowIfNull(country);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plate.Length + country.Length, ValueLengthMax, nameof(plate));

        // The colon keeps country and plate apart: "N" and "LAB" are not "NL" and "AB".
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(ValueLengthMax + 1)];
        var length = Encoding.UTF8.GetBytes(country, bytes);
        bytes[length++] = (byte)':';
        length += Encoding.UTF8.GetBytes(plate, bytes[length..]);
        return Hash(kind, bytes[..length]);
    }

    private Pseudonym Hash(SubjectKind kind, ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(KeyOf(kind), value, hash);
        return Pseudonym.FromBytes(hash[..Pseudonym.Length]);
    }

    private byte[] KeyOf(SubjectKind kind) => kind switch
    {
        SubjectKind.Carrier => _carrier,
        SubjectKind.Vehicle => _vehicle,
        SubjectKind.Trailer => _trailer,
        SubjectKind.Consignor => _consignor,
        _ => throw new UnreachableException($"No such kind of subject: {kind}."),
    };

    private static byte[] Derive(ReadOnlySpan<byte> key, string domain)
    {
        var derived = new byte[KeyLength];
        var info = Encoding.ASCII.GetBytes($"ecmr/pseudonym/v1/{domain}");
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], info);
        return derived;
    }
}
