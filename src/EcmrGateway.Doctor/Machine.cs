using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using EcmrGateway.Ledger;

namespace EcmrGateway.Doctor;

/// <summary>This machine: versions, the folder and its disk, the key files.</summary>
internal static class Machine
{
    private const long GiB = 1L << 30;

    /// <summary>The least that a disk should have; below a sixteenth of it the next batch may not fit.</summary>
    private const long FreeMin = GiB;

    public static IEnumerable<Finding> Findings(LedgerOptions? ledger, LedgerAccess access)
    {
        var version = typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "unknown";
        yield return Finding.Ok(
            "versions",
            $"ecmr {version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.");
        if (ledger is null)
        {
            yield return Finding.NotChecked("disk", "The settings of the ledger cannot be read.");
            yield return Finding.NotChecked("keys", "The settings of the ledger cannot be read.");
            yield break;
        }

        yield return Disk(ledger);
        var keys = LedgerCheckup.Keys(ledger, access);
        if (keys.Count == 0)
        {
            yield return Finding.NotChecked("keys", "The roles relay and scoring open none.");
        }

        foreach (var key in keys)
        {
            yield return Key(key, ledger);
        }
    }

    private static Finding Disk(LedgerOptions ledger)
    {
        if (ledger.Folder is "")
        {
            return Finding.NotChecked("disk", "Ledger:Folder is not set: the gateway writes nothing here.");
        }

        // The folder may not be there yet, and neither may those above it.
        var folder = Path.GetFullPath(ledger.Folder);
        var there = folder;
        while (!Directory.Exists(there))
        {
            there = Path.GetDirectoryName(there)!;
        }

        var free = new DriveInfo(there).AvailableFreeSpace;
        var says = string.Create(
            CultureInfo.InvariantCulture, $"{(double)free / GiB:0.0} GiB are free where Ledger:Folder {folder} is.");
        if (free >= FreeMin)
        {
            return Finding.Ok("disk", says);
        }

        const string Remedy = "Make room, or move the folder to a larger disk: a full one stops the intake of notes.";
        return free < FreeMin / 16 ? Finding.Wrong("disk", says, Remedy) : Finding.Warning("disk", says, Remedy);
    }

    private static Finding Key(KeyReport key, LedgerOptions ledger)
    {
        var name = $"Ledger:{key.Setting}";
        if (key is { IsThere: false, Setting: nameof(LedgerOptions.PublicKeyFile) })
        {
            return Finding.Wrong(
                "keys", $"{name} {key.Path} is not there.",
                "Put the ledger's public key there, or leave out the setting.");
        }

        if (!key.IsThere)
        {
            return ledger.Engine == LedgerOptions.Postgres
                ? Finding.Warning(
                    "keys", $"{name} {key.Path} is not there; the next start makes a new key.",
                    "Where the ledger is used already, put its key there: with another one the start is refused.")
                : Finding.Ok("keys", $"{name} {key.Path} is not there yet; the first start makes it.");
        }

        if (key.Problem is { } problem)
        {
            return Finding.Wrong("keys", $"{name}: {problem}", "Put the key back from a backup.");
        }

        return key.OthersMayRead
            ? Finding.Warning(
                "keys", $"{name} {key.Path} may be read by every user of this machine.",
                "Leave it to the user of the gateway alone: chmod 400.")
            : Finding.Ok("keys", $"{name} {key.Path} holds a key.");
    }
}
