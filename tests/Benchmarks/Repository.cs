namespace EcmrGateway.Benchmarks;

/// <summary>Where things are in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Gateway => Path.Combine(Root, "artifacts/gateway/ecmr-gateway.dll");

    public static string Figures => Path.Combine(Root, "artifacts/bench");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EcmrGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("EcmrGateway.sln is in no folder above the program.");
    }
}
