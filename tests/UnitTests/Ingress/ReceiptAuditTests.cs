using System.Diagnostics.Metrics;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Ingress.Submit;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Sqlite;
using EcmrGateway.Notes.Canonical;
using EcmrGateway.UnitTests.Ingress.Read;
using EcmrGateway.UnitTests.Ledger;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EcmrGateway.UnitTests.Ingress;

/// <summary>A note that was acknowledged and is not as it was is noticed, on a real ledger that is tampered with.
/// </summary>
public sealed class ReceiptAuditTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, long> _outcomes = [];
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("SELECT 1", "kept")]
    [InlineData("DELETE FROM entries WHERE position = 1", "missing")]
    [InlineData("UPDATE entries SET payload = x'0a01' WHERE position = 1", "altered")]
    [InlineData("UPDATE entries SET payload = x'' WHERE position = 1", "altered")]
    [InlineData("UPDATE entries SET salt = zeroblob(32) WHERE position = 1", "altered")]
    [InlineData("UPDATE batches SET signature = zeroblob(64)", "altered")]
    public async Task What_became_of_a_note_is_counted(string tampering, string outcome)
    {
        using var listener = Listen();
        await using var ledger = TestLedger.Open(_folder.Path);
        using var audit = AuditOf(ledger);
        Assert.Equal(new LedgerPosition(1), await GiveAsync(ledger, audit));
        await audit.StepAsync(Cancellation);
        Assert.Equal(1, _outcomes["kept"]);

        using (var database = SqliteDatabase.Open(_folder.File("ledger.db"), readOnly: false))
        {
            database.Execute(tampering);
        }

        await audit.StepAsync(Cancellation);

        Assert.Equal(outcome == "kept" ? 2 : 1, _outcomes[outcome]);
        Assert.Equal(2, _outcomes.Values.Sum());
        Assert.Equal(4, _outcomes.Count);
    }

    [Fact]
    public async Task A_note_that_was_erased_on_request_is_not_lost_and_is_looked_at_no_more()
    {
        using var listener = Listen();
        await using var ledger = TestLedger.Open(_folder.Path);
        using var audit = AuditOf(ledger);
        await ledger.EraseAsync(await GiveAsync(ledger, audit), Cancellation);

        await audit.StepAsync(Cancellation);
        await audit.StepAsync(Cancellation);

        Assert.Equal(0, _outcomes.Values.Sum());
    }

    private ReceiptAudit AuditOf(SqliteNoteLedger ledger) =>
        new(ledger, _services.GetRequiredService<IMeterFactory>(), TimeProvider.System);

    private static async Task<LedgerPosition> GiveAsync(SqliteNoteLedger ledger, ReceiptAudit audit)
    {
        var message = FullNote.Build();
        var content = CanonicalNote.Sha256(NoteReader.Read(message).Note!);
        var result = await ledger.AppendAsync(
            TestLedger.Draft("N-1") with { Payload = message.ToByteArray(), ContentSha256 = content }, Cancellation);
        audit.Given(result.Receipt!, result.Position, content);
        return result.Position;
    }

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == "ecmr.ingress.audit.receipts"
                    && ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>()))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var outcome = (string)tags[0].Value!;
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + value;
        });
        listener.Start();
        return listener;
    }
}
