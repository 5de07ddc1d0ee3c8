using EcmrGateway.Ledger.Receipts;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>What of an entry's row its statement says.</summary>
internal static class StatedRow
{
    /// <summary>Of ledger.entries, which a query calls e.</summary>
    public const string Columns = "e.idx, e.kind, e.id, e.version, e.received_ms, e.salt, e.content_sha256";

    /// <summary>Columns of it; a query's own come after them.</summary>
    public const int Count = 7;

    public static StatedEntry Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), (EntryKind)row.GetInt16(1), PostgresQueries.TextOf(row, 2), row.GetInt32(3), row.GetInt64(4),
        PostgresQueries.BytesOf(row, 5), PostgresQueries.BytesOf(row, 6));
}
