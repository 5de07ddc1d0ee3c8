namespace EcmrGateway.PathTests.Gateway;

/// <summary>Reads what a command line sets.</summary>
internal static class Settings
{
    /// <param name="name">Of a setting that is there.</param>
    public static string Of(string[] settings, string name)
    {
        var prefix = $"--{name}=";
        return Array.Find(settings, setting => setting.StartsWith(prefix, StringComparison.Ordinal))![prefix.Length..];
    }
}
