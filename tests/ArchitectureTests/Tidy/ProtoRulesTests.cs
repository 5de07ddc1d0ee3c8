namespace EcmrGateway.ArchitectureTests.Tidy;

public sealed class ProtoRulesTests
{
    [Fact]
    public void A_proto_in_the_folder_of_its_package_is_fine() =>
        Assert.Empty(ProtoRules.Packages(File("ecmr.note.v1", "Ecmr.Note.V1")));

    [Fact]
    public void A_package_of_another_folder_is_found() =>
        Assert.Contains(
            "package \"ecmr.facts.v1\"", Assert.Single(ProtoRules.Packages(File("ecmr.facts.v1", "Ecmr.Note.V1"))));

    [Fact]
    public void A_namespace_of_another_package_is_found() =>
        Assert.Contains(
            "instead of Ecmr.Note.V1", Assert.Single(ProtoRules.Packages(File("ecmr.note.v1", "Ecmr.Notes.V1"))));

    private static SourceFile File(string package, string csharpNamespace) => new(
        "protos/ecmr/note/v1/a.proto",
        $"syntax = \"proto3\";\n\npackage {package};\n\noption csharp_namespace = \"{csharpNamespace}\";\n");
}
