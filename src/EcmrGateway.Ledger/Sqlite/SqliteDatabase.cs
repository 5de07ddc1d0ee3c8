using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>A connection that is used through prepared statements only. For one thread at a time.</summary>
/// <remarks>
/// The statements are SQLite's own: a command of Microsoft.Data.Sqlite makes some ten objects for each row, and an
/// append writes ten rows.
/// </remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];

    private SqliteDatabase(SqliteConnection connection) => _connection = connection;

    public sqlite3 Handle => _connection.Handle!;

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteDatabase Open(string path, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            var database = new SqliteDatabase(connection);

            // Only a checkpoint or a recovery makes another connection wait, and neither takes long.
            database.Execute("PRAGMA busy_timeout = 5000");
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(Handle, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs a statement once.</summary>
    public void Execute(string sql)
    {
        using var statement = new SqliteStatement(Handle, sql);
        statement.Run();
    }

    /// <summary>First column of the first row; 0 where there is none.</summary>
    public long Scalar(string sql)
    {
        using var statement = new SqliteStatement(Handle, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>As <see cref="Scalar"/>, for text.</summary>
    public string ScalarText(string sql)
    {
        using var statement = new SqliteStatement(Handle, sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    public void SetNumber(string pragma, long value) =>
        Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA {pragma} = {value}"));

    /// <summary>Rows changed by the last insert, update or delete.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    public long LastRowId => raw.sqlite3_last_insert_rowid(Handle);

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
