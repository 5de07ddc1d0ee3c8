namespace EcmrGateway.ArchitectureTests;

/// <summary>Asserts on what a check found, and shows all of it.</summary>
internal static class Problems
{
    public static void None(IEnumerable<string> problems)
    {
        var all = problems.ToArray();
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, [$"{all.Length} found:", .. all]));
    }
}
