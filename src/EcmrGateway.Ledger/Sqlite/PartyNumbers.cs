namespace EcmrGateway.Ledger.Sqlite;

/// <summary>
/// Numbers that stand for parties in the keys, given on first sight. For one thread, within a transaction.
/// </summary>
internal sealed class PartyNumbers(SqliteDatabase database)
{
    /// <summary>Parties kept at hand; the others are looked up.</summary>
    private const int CachedMax = 16_384;

    private readonly Dictionary<string, long> _cached = new(StringComparer.Ordinal);
    private readonly SqliteStatement _find = database.Prepare("SELECT party FROM parties WHERE name = ?1");
    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO parties (name) VALUES (?1)");

    public long Of(string name)
    {
        if (_cached.TryGetValue(name, out var number))
        {
            return number;
        }

        number = FindOrInsert(name);
        if (_cached.Count < CachedMax)
        {
            _cached.Add(name, number);
        }

        return number;
    }

    private long FindOrInsert(string name)
    {
        if (_find.Bind(1, name).Step())
        {
            var number = _find.Int64(0);
            _find.Reset();
            return number;
        }

        _insert.Bind(1, name).Run();
        return database.LastRowId;
    }
}
