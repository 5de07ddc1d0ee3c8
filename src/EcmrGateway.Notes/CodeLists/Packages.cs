using System.Collections.Frozen;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>Kinds of packages, UN/ECE Recommendation 21.</summary>
public static class Packages
{
    // Bulk (V*) and not packed (NE): nothing to count and nothing to mark.
    private static readonly FrozenSet<string> WithoutPackages =
        new[] { "NE", "VG", "VL", "VO", "VQ", "VR", "VS", "VY" }.ToFrozenSet(StringComparer.Ordinal);

    public static CodeStatusList All { get; } = CodeStatusList.Load("rec21.csv");

    /// <summary>Whether goods so packed have no packages to count: in bulk or unpacked.</summary>
    public static bool IsBulk(string code) => WithoutPackages.Contains(code);
}
