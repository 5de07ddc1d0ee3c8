using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Pseudonyms;

/// <summary>
/// There are so few plates that all can be tried. Without the key that finds none, with everything else known: this
/// source, the country, and thousands of pseudonyms.
/// </summary>
public sealed class DictionaryAttackTests
{
    private const string Letters = "BDFGHJKLNPRSTVXZ";

    /// <summary>Every plate of one Dutch series, as 12-BC-34 of which the first two digits are given.</summary>
    private static readonly string[] Plates =
    [
        .. from a in Letters
           from b in Letters
           from number in Enumerable.Range(0, 100)
           select $"12{a}{b}{number:00}",
    ];

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(Pseudonymiser.KeyLength);

    [Fact]
    public void Without_the_key_no_plate_is_found_and_with_it_all_are()
    {
        var gateway = new Pseudonymiser(Key);
        var seen = Plates.Select(plate => gateway.Vehicle(plate, "NL")).ToHashSet();
        Assert.Equal(25_600, seen.Count);

        foreach (var (name, hash) in Guesses())
        {
            Assert.Equal((name, 0), (name, Plates.Count(plate => seen.Contains(hash(plate)))));
        }

        // The attack itself works: whoever has the key finds every one.
        var thief = new Pseudonymiser(Key);
        Assert.Equal(Plates.Length, Plates.Count(plate => seen.Contains(thief.Vehicle(plate, "NL"))));
    }

    [Fact]
    public void Pseudonyms_of_trailers_do_not_help_to_find_vehicles()
    {
        var gateway = new Pseudonymiser(Key);
        var trailers = Plates.Select(plate => gateway.Trailer(plate, "NL")).ToHashSet();

        Assert.DoesNotContain(Plates, plate => trailers.Contains(gateway.Vehicle(plate, "NL")));
    }

    /// <summary>What somebody would try who knows how pseudonyms are made, but not with which key.</summary>
    private static IEnumerable<(string Name, Func<string, Pseudonym> Hash)> Guesses()
    {
        yield return ("a plain hash", plate => First(SHA256.HashData(Bytes($"NL:{plate}"))));
        yield return ("a plain hash of the plate", plate => First(SHA256.HashData(Bytes(plate))));
        yield return ("a key of zeros", Of(new byte[Pseudonymiser.KeyLength]));
        yield return ("a key of ones", Of([.. Enumerable.Repeat((byte)255, Pseudonymiser.KeyLength)]));
        yield return ("a key of a word", Of(SHA256.HashData("secret"u8)));
        byte[] near = [.. Key];
        near[0] ^= 1;
        yield return ("a key with one bit changed", Of(near));
        yield return ("no key", plate => First(HMACSHA256.HashData(Array.Empty<byte>(), Bytes($"NL:{plate}"))));
        yield return (
            "the name of the domain as key",
            plate => First(HMACSHA256.HashData(Bytes("ecmr/pseudonym/v1/vehicle"), Bytes($"NL:{plate}"))));

        static Func<string, Pseudonym> Of(byte[] key)
        {
            var guess = new Pseudonymiser(key);
            return plate => guess.Of(SubjectKind.Vehicle, $"NL:{plate}");
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Pseudonym First(byte[] hash) => Pseudonym.FromBytes(hash.AsSpan(0, Pseudonym.Length));
}
