namespace EcmrGateway.Ledger.Sqlite;

/// <summary>
/// Keeps a second writer out of a folder, in this process or another. The system frees it with the process.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="LedgerOpenException">Another writer has the folder, or it cannot be made.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "ledger.lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerOpenException(
                $"Ledger:Folder {folder} cannot be used: it is open in another process, or {path} cannot be written: "
                + failure.Message,
                failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
