namespace EcmrGateway.Engines;

/// <summary>A disk of few megabytes in memory, to be filled up while something works on it.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    /// <summary>Why what needs it is skipped.</summary>
    public const string Missing = "a small disk cannot be mounted: that takes root and a system that lets it mount";

    private const int BlockBytes = 64 * 1024;

    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <returns>Null: this process may not mount one.</returns>
    public static async Task<SmallDisk?> TryMountAsync(int mebibytes)
    {
        if (!Machine.IsRoot)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("ecmr-disk-").FullName;
        try
        {
            await Machine.RunAsync("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,mode=755", "ecmr-disk", folder);
            return new(folder);
        }
        catch (InvalidOperationException)
        {
            Directory.Delete(folder);
            return null;
        }
    }

    /// <summary>Makes an empty folder on it.</summary>
    public string CreateFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var length in (int[])[BlockBytes, 1])
        {
            WriteUntilFull(file, new byte[length]);
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await Machine.RunAsync("umount", _folder);
        Directory.Delete(_folder);
    }

    private static void WriteUntilFull(FileStream file, byte[] block)
    {
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }
}
