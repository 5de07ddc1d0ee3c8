using System.Security.Cryptography;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Keys;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Keys;

public sealed class TreeHeadKeyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_made_once_for_its_owner_only_with_the_public_key_beside_it()
    {
        var path = _folder.File("keys", "tree-head.key");
        using var first = TreeHeadKey.Open(path);
        using var second = TreeHeadKey.Open(path);
        using var beside = ECDsa.Create();
        beside.ImportFromPem(File.ReadAllText(_folder.File("keys", "tree-head.pub")));

        Assert.Equal(first.PublicKey, second.PublicKey);
        Assert.Equal(first.PublicKey, beside.ExportSubjectPublicKeyInfo());
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.True(
            OperatingSystem.IsWindows()
            || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void A_file_without_a_key_is_refused_by_name(string text)
    {
        File.WriteAllText(_folder.File("bad.key"), text);

        var refused = Assert.Throws<LedgerOpenException>(() => TreeHeadKey.Open(_folder.File("bad.key")));

        Assert.Contains("bad.key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(_folder.File("p384.key"), other.ExportPkcs8PrivateKeyPem());

        Assert.Throws<LedgerOpenException>(() => TreeHeadKey.Open(_folder.File("p384.key")));
    }

    [Fact]
    public void The_log_is_named_after_the_public_key()
    {
        using var key = TreeHeadKey.Open(_folder.File("a.key"));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(key.PublicKey))[..32], key.LogId);
    }
}
