using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Ledger.Sqlite;
using EcmrGateway.Streaming;
using EcmrGateway.UnitTests.Ledger;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Streaming;

public sealed class FactHistoryTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private SqliteNoteLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = TestLedger.Open(_folder.Path);
        await AppendAsync("N-1", EntryKind.Note, new() { Note = new() { PackageCount = 1 } });
        await AppendAsync("O-1", EntryKind.Outcome, new() { Inspection = new() { VehiclesChecked = 2 } });
        await AppendAsync("N-2", EntryKind.Note, new() { Note = new() { PackageCount = 3 } });
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Notes_and_inspections_of_many_subjects_are_read_apart()
    {
        var history = new FactHistory(_ledger, TimeProvider.System);

        var found = await history.SubjectsAsync(
            [
                new(2, 42, Inspections: false, Limit: 10), new(2, 42, Inspections: true, Limit: 10),
                new(1, 42, Inspections: false, Limit: 10), new(2, 42, Inspections: false, Limit: 1),
            ],
            Cancellation);

        Assert.Equal([3, 1], found[0].Select(fact => fact.Fact.Note.PackageCount));
        Assert.Equal([2], found[1].Select(fact => fact.Fact.Inspection.VehiclesChecked));
        Assert.Empty(found[2]);
        Assert.Equal([3], found[3].Select(fact => fact.Fact.Note.PackageCount));
    }

    [Fact]
    public async Task All_facts_are_read_backward_from_the_head()
    {
        var history = new FactHistory(_ledger, TimeProvider.System);

        var newest = await history.BackwardAsync(0, history.HeadOf(0) + 1, limit: 2, Cancellation);
        var rest = await history.BackwardAsync(0, newest[^1].Position, limit: 2, Cancellation);

        Assert.Equal([3, 2], newest.Select(fact => fact.Position));
        Assert.Equal([1], rest.Select(fact => fact.Position));
    }

    private async Task AppendAsync(string id, EntryKind kind, Fact fact)
    {
        var draft = TestLedger.Draft(id) with
        {
            Kind = kind,
            Fact = fact.ToByteArray(),
            Subjects = [new(SubjectKind.Vehicle, new Pseudonym(42), TestLedger.Time)],
        };
        Assert.Equal(AppendStatus.Appended, (await _ledger.AppendAsync(draft, Cancellation)).Status);
    }
}
