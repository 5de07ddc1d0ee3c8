namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Destroys the content of an entry, on a connection of its own beside the writer's.</summary>
internal static class SqliteErasure
{
    /// <returns>False when there is no entry at the position.</returns>
    public static bool Erase(string path, LedgerPosition position)
    {
        using var database = SqliteDatabase.Open(path, readOnly: false);

        // What was there is overwritten with zeros, and the log that still holds it is emptied.
        database.Execute("PRAGMA secure_delete = ON");
        database.Execute("PRAGMA synchronous = FULL");
        database.Prepare(
            "UPDATE entries SET payload = x'', content_sha256 = x'', salt = x'' WHERE position = ?1")
            .Bind(1, position.Value).Run();
        var erased = database.Changes == 1;
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return erased;
    }
}
