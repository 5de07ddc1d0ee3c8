using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Pseudonyms;

public sealed class PseudonymiserTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, Pseudonymiser.KeyLength).Select(value => (byte)value)];
    private readonly Pseudonymiser _pseudonyms = new(Key);

    // Computed apart from this code, by HKDF and HMAC of another library.
    [Fact]
    public void The_same_value_has_the_same_pseudonym_for_ever() =>
        Assert.Equal("YIbBRKf5gp30uhU-MwOM9w", _pseudonyms.Vehicle("BXKL23", "NL").ToString());

    [Fact]
    public void Each_kind_of_subject_has_pseudonyms_of_its_own()
    {
        var all = Enum.GetValues<SubjectKind>().Select(kind => _pseudonyms.Of(kind, "NL:BXKL23")).ToArray();

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(_pseudonyms.Vehicle("BXKL23", "NL"), _pseudonyms.Of(SubjectKind.Vehicle, "NL:BXKL23"));
        Assert.Equal(_pseudonyms.Trailer("BXKL23", "NL"), _pseudonyms.Of(SubjectKind.Trailer, "NL:BXKL23"));
    }

    [Fact]
    public void Country_and_plate_are_kept_apart() =>
        Assert.NotEqual(_pseudonyms.Vehicle("LAB12", "N"), _pseudonyms.Vehicle("AB12", "NL"));

    [Fact]
    public void Another_key_gives_other_pseudonyms()
    {
        byte[] other = [.. Key];
        other[31] ^= 1;

        Assert.NotEqual(
            _pseudonyms.Of(SubjectKind.Carrier, "x"), new Pseudonymiser(other).Of(SubjectKind.Carrier, "x"));
    }

    [Fact]
    public void The_longest_value_fits_whatever_its_letters()
    {
        _pseudonyms.Of(SubjectKind.Carrier, new string('é', Pseudonymiser.ValueLengthMax));
        _pseudonyms.Vehicle(new string('\u20ac', Pseudonymiser.ValueLengthMax - 2), "NL");

        Assert.Throws<ArgumentOutOfRangeException>(
            () => _pseudonyms.Of(SubjectKind.Carrier, new string('é', Pseudonymiser.ValueLengthMax + 1)));
        Assert.Throws<ArgumentException>(() => _pseudonyms.Of(SubjectKind.Carrier, ""));
    }

    [Fact]
    public void The_key_is_made_once_and_only_its_owner_reads_it()
    {
        using var folder = new TempFolder();
        var path = folder.File("keys", "pseudonym.key");

        var first = Pseudonymiser.Open(path).Of(SubjectKind.Carrier, "x");

        Assert.Equal(first, Pseudonymiser.Open(path).Of(SubjectKind.Carrier, "x"));
        Assert.True(
            OperatingSystem.IsWindows()
            || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void A_file_without_a_key_is_refused_by_name()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("short.key"), Convert.ToBase64String(new byte[16]));

        var refused = Assert.Throws<LedgerOpenException>(() => Pseudonymiser.Open(folder.File("short.key")));

        Assert.Contains("short.key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pseudonym_costs_no_allocation()
    {
        _pseudonyms.Vehicle("BXKL23", "NL");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 100; round++)
        {
            _pseudonyms.Vehicle("BXKL23", "NL");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
