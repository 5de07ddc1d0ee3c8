using System.Text;

namespace EcmrGateway.Ledger.Keys;

/// <summary>A secret in a file of its own that only its owner may read.</summary>
internal static class KeyFile
{
    /// <summary>A key file is a few hundred bytes; a larger file is another one.</summary>
    private const int LengthMax = 64 * 1024;

    /// <summary>
    /// Reads a key, or makes it when it is not there. Of two processes that make it at once, one wins.
    /// </summary>
    /// <exception cref="LedgerOpenException">The file cannot be read or made.</exception>
    public static string ReadOrCreate(string path, Func<string> create)
    {
        try
        {
            if (!File.Exists(path))
            {
                Write(path, create(), ownerOnly: true);
            }

            return Read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerOpenException($"The key file {path} cannot be read or created.", failure);
        }
    }

    /// <summary>Writes a file whole or not at all; one that is there already stays.</summary>
    public static void Write(string path, string text, bool ownerOnly)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            var everyone = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            options.UnixCreateMode =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | (ownerOnly ? UnixFileMode.None : everyone);
        }

        using (var file = new FileStream(unfinished, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
        }
    }

    private static string Read(string path) => new FileInfo(path).Length <= LengthMax
        ? File.ReadAllText(path)
        : throw new LedgerOpenException($"The key file {path} is larger than a key can be.");
}
