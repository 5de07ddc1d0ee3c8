namespace EcmrGateway.ArchitectureTests.Errors;

public sealed class ErrorCatalogueTests
{
    private const string Proto = """
        enum TollErrorReason {
          // Not used.
          TOLL_ERROR_REASON_UNSPECIFIED = 0;
          // The gate is shut.
          TOLL_ERROR_REASON_GATE_SHUT = 1;
        }
        """;

    private static SourceFile[] Protos =>
        [.. Repository.TextFiles().Where(file => file.Path.EndsWith("_errors.proto", StringComparison.Ordinal))];

    [Fact]
    public void Every_reason_that_is_promised_is_given_somewhere() =>
        Problems.None(ErrorCatalogue.Unused(Protos, Repository.SourceFiles));

    [Fact]
    public void Every_reason_of_the_host_is_in_every_catalogue() =>
        Problems.None(ErrorCatalogue.Unpromised(Protos, Repository.SourceFiles));

    [Fact]
    public void Both_catalogues_are_read()
    {
        var promised = Protos.SelectMany(ErrorCatalogue.Promised).ToArray();

        Assert.Contains(new ErrorReason("IngressErrorReason", "NoteRefused"), promised);
        Assert.Contains(new ErrorReason("InspectionErrorReason", "HotStoreUnavailable"), promised);
        Assert.DoesNotContain(promised, reason => reason.Value == "Unspecified");
    }

    [Fact]
    public void A_reason_that_no_service_gives_is_found() =>
        Assert.Equal(
            ["TollErrorReason.GateShut is promised and never given"],
            Unused("src/EcmrGateway.Ingress/A.cs", "TollErrorReason.GateOpen"));

    [Fact]
    public void A_reason_that_a_service_gives_is_fine() =>
        Assert.Empty(Unused("src/EcmrGateway.Ingress/A.cs", "Ecmr.Toll.V1.TollErrorReason.GateShut"));

    [Theory]
    [InlineData("src/EcmrGateway.Client/A.cs")]
    [InlineData("tests/UnitTests/A.cs")]
    public void A_reason_that_is_only_compared_with_is_found(string path) =>
        Assert.Single(Unused(path, "TollErrorReason.GateShut"));

    [Fact]
    public void A_reason_that_the_host_gives_by_its_name_is_fine() =>
        Assert.Empty(Unused("src/EcmrGateway.Host/Errors/A.cs", "\"GATE_SHUT\""));

    [Fact]
    public void A_reason_of_the_host_that_a_catalogue_lacks_is_found() =>
        Assert.Equal(
            ["TollErrorReason.GateStuck is given by the host and not promised"],
            ErrorCatalogue.Unpromised(
                [new("protos/a_errors.proto", Proto)],
                [File("src/EcmrGateway.Host/Errors/A.cs", "\"GATE_STUCK\"")]));

    private static IEnumerable<string> Unused(string path, string expression) =>
        ErrorCatalogue.Unused(
            [new("protos/a_errors.proto", Proto)], [File(path, expression)]);

    private static SourceFile File(string path, string expression) =>
        new(path, $"class C {{ object M() => {expression}; }}");
}
