using System.Security.Cryptography;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using EcmrGateway.Ledger.Sqlite;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

/// <summary>
/// Who has the database file can change a record of an access. Its receipt, or any that was given before, shows it.
/// </summary>
public sealed class TamperedEntryTests : IDisposable
{
    private const string Party = "~access";
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData("UPDATE entries SET payload = CAST('nobody looked' AS BLOB) WHERE position = 2", false)]
    [InlineData("UPDATE entries SET content_sha256 = zeroblob(32) WHERE position = 2", false)]
    [InlineData("UPDATE entries SET salt = zeroblob(32) WHERE position = 2", false)]
    [InlineData("UPDATE entries SET received_ms = received_ms - 86400000 WHERE position = 2", false)]
    [InlineData("UPDATE entries SET kind = 1 WHERE position = 2", false)]
    [InlineData("UPDATE entries SET position = position + 100 WHERE position = 2;"
        + "UPDATE entries SET position = 2 WHERE position = 3;"
        + "UPDATE entries SET position = 3 WHERE position = 102", false)]
    public async Task A_record_of_an_access_that_was_changed_has_no_valid_receipt(string change, bool holds)
    {
        await using (var ledger = TestLedger.Open(_folder.Path))
        {
            for (var line = 1; line <= 3; line++)
            {
                await ledger.AppendAsync(
                    TestLedger.Draft($"operation:{line}", party: Party) with { Kind = EntryKind.Access }, Cancellation);
            }
        }

        using (var database = SqliteDatabase.Open(_folder.File("ledger.db"), readOnly: false))
        {
            foreach (var statement in change.Split(';'))
            {
                database.Execute(statement);
            }
        }

        await using var changed = TestLedger.Open(_folder.Path);
        var entry = await changed.ReadAsync(new(2), Cancellation);
        var receipt = await changed.ReadReceiptAsync(new(2), Cancellation);

        Assert.Equal(
            holds,
            ReceiptVerifier.Verify(receipt!, changed.PublicKey.Span, SHA256.HashData(entry!.Payload.Span))
                == ReceiptVerdict.Valid);
    }
}
