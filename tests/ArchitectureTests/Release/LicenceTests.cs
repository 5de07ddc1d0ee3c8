using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EcmrGateway.UnitTests.Streaming;

namespace EcmrGateway.ArchitectureTests.Release;

/// <summary>The licence is the same wherever it is told; publiccode.yml has what its standard asks for.</summary>
public sealed class LicenceTests
{
    private const string Licence = "EUPL-1.2";

    /// <summary>Mandatory in version 0.4 of the standard.</summary>
    private static readonly string[] Mandatory =
    [
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description/en/shortDescription", "description/en/longDescription", "description/en/features",
        "legal/license", "maintenance/type", "localisation/localisationReady", "localisation/availableLanguages",
    ];

    private static readonly string[] Statuses = ["concept", "development", "beta", "stable", "obsolete"];
    private static readonly string Text = Repository.Read("publiccode.yml");
    private static readonly IReadOnlyDictionary<string, string[]> Document = YamlLines.Read(Text);

    [Fact]
    public void The_text_is_that_of_the_licence() => Assert.Equal(
        "57fb42fbcd0b037ce528ed8f72f1ec095d67bc6825ecf1448ff39be1fe68a4b4",
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            Repository.Read("LICENSE").ReplaceLineEndings("\n")))));

    [Fact]
    public void Packages_and_catalogue_name_it()
    {
        Assert.Contains(
            $"<PackageLicenseExpression>{Licence}<", Repository.Read("Directory.Build.props"),
            StringComparison.Ordinal);
        Assert.Equal([Licence], Document["legal/license"]);
        Assert.Contains(Licence, Repository.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Publiccode_has_every_mandatory_key() =>
        Assert.All(Mandatory, key => Assert.Contains(key, Document.Keys));

    [Fact]
    public void Publiccode_keeps_to_the_values_and_lengths_of_its_standard()
    {
        Assert.Contains(Assert.Single(Document["developmentStatus"]), Statuses);
        Assert.Equal(["standalone/backend"], Document["softwareType"]);
        Assert.InRange(Folded("shortDescription").Length, 1, 150);
        Assert.InRange(Folded("longDescription").Length, 150, 10_000);
        Assert.InRange(Document["description/en/features"].Length, 5, 20);
    }

    /// <summary>A folded value as a reader of YAML gives it, but for paragraphs.</summary>
    private static string Folded(string key) => Regex.Replace(
        Regex.Match(Text, $@"^( +){key}: >-\n((?:\1  .*\n|\n)+)", RegexOptions.Multiline).Groups[2].Value.Trim(),
        @"\s+", " ");
}
