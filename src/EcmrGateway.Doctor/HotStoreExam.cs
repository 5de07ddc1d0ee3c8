using System.Globalization;
using EcmrGateway.HotStore;

namespace EcmrGateway.Doctor;

/// <summary>Redis: reached, and with room.</summary>
internal static class HotStoreExam
{
    private const string Check = "hot-store";

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        HotStoreOptions? hotStore, TimeProvider time, CancellationToken cancellation)
    {
        if (hotStore is not { Engine: HotStoreEngine.Redis })
        {
            return
            [
                Finding.NotChecked(
                    Check,
                    hotStore is null
                        ? "The settings of the hot store cannot be read."
                        : "It is inside the gateway's process; /health/hot-store of the gateway tells."),
            ];
        }

        try
        {
            var report = await HotStoreCheckup.AskAsync(hotStore, time, cancellation);
            return [Memory(report), Clocks.Compare("Redis", report.Ahead)];
        }
        catch (HotStoreUnavailableException failure)
        {
            return
            [
                Finding.Wrong(
                    Check, $"The Redis of HotStore:ConnectionString cannot be used: {failure.Message}",
                    "Start it, or correct the address and HotStore:PasswordFile. Meanwhile lists are those read last."),
            ];
        }
    }

    private static Finding Memory(HotStoreReport report)
    {
        var says = string.Create(
            CultureInfo.InvariantCulture,
            $"Redis {report.Version} answers; {(double)report.Bytes / (1 << 20):0} MiB are used of "
            + $"{(report.BytesMax == 0 ? "all that there are" : $"{(double)report.BytesMax / (1 << 20):0}")}.");
        return report.BytesMax > 0 && report.Bytes > report.BytesMax * 0.9
            ? Finding.Warning(
                Check, says, $"Raise maxmemory: when it is full ({report.Eviction}), profiles are lost or not written.")
            : Finding.Ok(Check, says);
    }
}
