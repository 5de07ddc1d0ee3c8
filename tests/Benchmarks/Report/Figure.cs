namespace EcmrGateway.Benchmarks.Report;

/// <summary>A measured figure beside its floor, from the same run on the same machine.</summary>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Floor">
/// The same on the bare machine: what physics or the transport alone reaches. Null: none applies.
/// </param>
/// <param name="Target">Bar for the ratio, or for the value where there is no floor. Null: none.</param>
/// <param name="P50Ms">Median time of one operation, milliseconds.</param>
/// <param name="P99Ms">99th percentile, milliseconds.</param>
/// <param name="AllocatedBytes">Managed bytes allocated for one operation.</param>
internal sealed record Figure(
    string Name, double Value, string Unit, double? Floor = null, double? Target = null, double? P50Ms = null,
    double? P99Ms = null, double? AllocatedBytes = null)
{
    public double? Ratio => Floor is > 0 ? Value / Floor : null;
}
