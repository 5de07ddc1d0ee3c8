using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>A prepared statement. Parameters count from 1 and columns from 0, as SQLite counts them.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int TextOnStackMax = 256;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The statement is wrong or the file is not readable.</exception>
    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>The bytes are copied.</summary>
    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = length <= TextOnStackMax ? stackalloc byte[TextOnStackMax] : new byte[length];
        Check(raw.sqlite3_bind_text(_statement, parameter, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
        return this;
    }

    /// <returns>Whether there is a row.</returns>
    /// <exception cref="SqliteException">It failed. The statement is reset.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW)
        {
            return true;
        }

        var ended = raw.sqlite3_reset(_statement);
        Check(result is raw.SQLITE_DONE ? ended : result);
        return false;
    }

    /// <summary>Runs it to its end and makes it ready to run again.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Ends a run before its last row. A statement that is not reset keeps its snapshot.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public byte[] Bytes(int column) => Blob(column).ToArray();

    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result is not raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
