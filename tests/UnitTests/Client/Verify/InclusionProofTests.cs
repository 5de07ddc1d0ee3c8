using EcmrGateway.Client.Verify;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Verify;

/// <summary>The published corpus of transparency logs: eight leaves and their roots and paths.</summary>
public sealed class InclusionProofTests
{
    private const string RootOf8 = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
    private const string RootOf3 = "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77";

    [Fact]
    public void Leaf_hash_has_the_prefix_of_a_leaf() => Assert.Equal(
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
        Convert.ToHexStringLower(InclusionProof.LeafHash("L123456"u8)));

    [Theory]
    [InlineData(0, 8, "", RootOf8,
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "40414243", RootOf8,
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "10", RootOf3,
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    public void Published_paths_lead_to_the_published_roots(
        ulong index, ulong size, string leaf, string root, params string[] path)
    {
        var hashes = path.Select(Convert.FromHexString).ToList();
        var leafHash = InclusionProof.LeafHash(Convert.FromHexString(leaf));

        Assert.True(InclusionProof.LeadsTo(Convert.FromHexString(root), leafHash, index, size, hashes));
        Assert.False(InclusionProof.LeadsTo(Convert.FromHexString(root), leafHash, index ^ 1, size, hashes));
        Assert.False(InclusionProof.LeadsTo(Convert.FromHexString(root), leafHash, index, size * 2, hashes));
        Assert.False(InclusionProof.LeadsTo(Convert.FromHexString(root), leafHash, size, size, hashes));
    }

    [Fact]
    public void A_hash_of_the_wrong_length_leads_nowhere() => Assert.False(
        InclusionProof.LeadsTo(new byte[32], new byte[32], 0, 2, [new byte[31]]));

    [Fact]
    public void The_only_leaf_is_the_root()
    {
        var leaf = InclusionProof.LeafHash("a"u8);

        Assert.True(InclusionProof.LeadsTo(leaf, leaf, 0, 1, []));
        Assert.False(InclusionProof.LeadsTo(leaf, leaf, 0, 0, []));
    }
}
