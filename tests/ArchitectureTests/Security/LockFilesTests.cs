namespace EcmrGateway.ArchitectureTests.Security;

public sealed class LockFilesTests
{
    private static readonly SourceFile[] Files = [.. Repository.TextFiles()];

    [Fact]
    public void Every_version_is_exact_and_every_project_is_locked() => Problems.None(LockFiles.OfProjects(
        Repository.Read("Directory.Packages.props"),
        EndingWith(".csproj").Select(file => (file.Path, file.Text)),
        path => Files.Any(file => file.Path == path)));

    [Fact]
    public void Every_package_is_locked_with_its_hash()
    {
        // One for each project, and one for each platform that the host is compiled ahead for.
        var locks = EndingWith(".lock.json").ToArray();

        Assert.True(locks.Length > EndingWith(".csproj").Count());
        Problems.None(locks.SelectMany(file => LockFiles.OfNuGet(file.Path, file.Text)));
        var npm = EndingWith("package-lock.json").ToArray();
        Assert.NotEmpty(npm);
        Problems.None(npm.SelectMany(file => LockFiles.OfNpm(file.Path, file.Text)));
    }

    [Fact]
    public void A_build_that_would_change_a_lock_file_fails()
    {
        var props = Repository.Read("Directory.Build.props");

        Assert.Contains("<RestorePackagesWithLockFile>true<", props, StringComparison.Ordinal);
        Assert.Contains(
            "<RestoreLockedMode Condition=\"'$(CI)' == 'true'\">true<", props, StringComparison.Ordinal);
        Assert.Contains("export CI=true", Repository.Read(".ci/run"), StringComparison.Ordinal);
        Assert.Contains("npm ci ", Repository.Read(".ci/protos.sh"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.*")]
    [InlineData("[1.0,2.0)")]
    [InlineData("*")]
    [InlineData("")]
    public void A_version_that_can_be_several_is_found(string version) => Assert.Equal(
        ["Directory.Packages.props: A has no exact version"],
        LockFiles.OfProjects(
            $"""<Project><PackageVersion Include="A" Version="{version}" /></Project>""", [], _ => true));

    [Fact]
    public void A_project_that_is_not_locked_or_has_a_version_of_its_own_is_found() => Assert.Equal(
        ["src/A/A.csproj: no packages.lock.json beside it", "src/A/A.csproj: B has a version of its own"],
        LockFiles.OfProjects(
            "<Project />",
            [("src/A/A.csproj", """<Project><PackageReference Include="B" VersionOverride="1.0.0" /></Project>""")],
            _ => false));

    [Fact]
    public void A_package_without_a_hash_is_found()
    {
        Assert.Equal(
            ["a.json: B is not locked"],
            LockFiles.OfNuGet(
                "a.json",
                """{"dependencies":{"net10.0":{"B":{"type":"Direct","resolved":"1.0.0"},"C":{"type":"Project"}}}}"""));
        Assert.Equal(
            ["b.json: node_modules/b is not locked"],
            LockFiles.OfNpm("b.json", """{"packages":{"":{},"node_modules/b":{"version":"1.0.0"}}}"""));
    }

    private static IEnumerable<SourceFile> EndingWith(string end) =>
        Files.Where(file => file.Path.EndsWith(end, StringComparison.Ordinal));
}
