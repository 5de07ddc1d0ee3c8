namespace EcmrGateway.ArchitectureTests;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Folders that no commit holds: what is built, installed or recorded on this machine.</summary>
    private static readonly string[] Untracked =
        [".git", ".idea", ".vs", "artifacts", "bin", "data", "node_modules", "obj"];

    private static readonly string[] TextExtensions =
    [
        ".config", ".cs", ".csproj", ".csv", ".editorconfig", ".gitignore", ".json", ".md", ".props", ".proto", ".sh",
        ".sln", ".targets", ".txt", ".xml", ".yaml", ".yml",
    ];

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>C# files under src and tests.</summary>
    public static IReadOnlyList<SourceFile> SourceFiles { get; } =
        [.. TextFiles().Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => file.IsUnder("src") || file.IsUnder("tests"))];

    /// <summary>Files that people write: those with a known extension, and scripts and makefiles without one.</summary>
    public static IEnumerable<SourceFile> TextFiles() =>
        FilesUnder(Root)
            .Where(path => Path.GetExtension(path) is "" || TextExtensions.Contains(Path.GetExtension(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Relative(path), File.ReadAllText(path)));

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    private static IEnumerable<string> FilesUnder(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(child => !Untracked.Contains(Path.GetFileName(child)))
                .SelectMany(FilesUnder));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EcmrGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No EcmrGateway.sln above {start}.");
    }
}
