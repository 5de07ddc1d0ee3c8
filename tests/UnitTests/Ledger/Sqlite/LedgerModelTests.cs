using System.Security.Cryptography;
using System.Text;
using CsCheck;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Ledger.Sqlite;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

/// <summary>
/// The ledger against a model of a few lists, with few ids, so that they meet, and with so small a backlog that index
/// rows are at every stage between memory and tables.
/// </summary>
public sealed class LedgerModelTests
{
    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 1], Gen.Int[0, 60], Gen.Int[0, 2], Gen.Int[0, 80], Gen.Int[0, 5], Gen.Int[-5, 5],
        (party, id, content, request, vehicle, minutes) => new Step(party, id, content, request, vehicle, minutes));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_and_reads_are_those_of_the_model_across_merges_and_restarts() =>
        await Steps.List[120].SampleAsync(RunAsync, iter: 20, threads: 1);

    private static async Task RunAsync(List<Step> steps)
    {
        using var folder = new TempFolder();
        var options = new LedgerOptions { Folder = folder.Path, IndexBacklogLength = 16 };
        var model = new List<Step>();
        var requests = new Dictionary<(int, int), Step>();
        var ledger = TestLedger.Open(options);
        foreach (var (index, step) in steps.Index())
        {
            if (index % 41 == 40)
            {
                await ledger.DisposeAsync();
                ledger = TestLedger.Open(options);
            }

            var draft = step.Draft();
            var expected = Apply(model, requests, step);
            var foretold = await ledger.FindAppendedAsync(
                draft.Kind, draft.Party, draft.Id, draft.RequestId, draft.ContentSha256, Cancellation);
            var result = await ledger.AppendAsync(draft, Cancellation);

            Assert.Equal(expected, result.Status);
            Assert.Equal(expected is AppendStatus.Appended ? null : result, foretold);
        }

        await AssertReadsAsync(ledger, model);
        await ledger.DisposeAsync();
    }

    private static AppendStatus Apply(List<Step> model, Dictionary<(int, int), Step> requests, Step step)
    {
        var there = model.Find(other => (other.Party, other.Id) == (step.Party, step.Id));
        if (there is null || there.Content == step.Content)
        {
            var known = requests.TryGetValue((step.Party, step.Request), out _);
            if (there is null && known)
            {
                return AppendStatus.RequestIdReused;
            }

            requests.TryAdd((step.Party, step.Request), step);
            if (there is null)
            {
                model.Add(step);
            }

            return there is null ? AppendStatus.Appended : AppendStatus.AlreadyAppended;
        }

        return requests.ContainsKey((step.Party, step.Request))
            ? AppendStatus.RequestIdReused
            : AppendStatus.ContentDiffers;
    }

    private static async Task AssertReadsAsync(SqliteNoteLedger ledger, List<Step> model)
    {
        for (var party = 0; party < 2; party++)
        {
            var own = await ledger.ReadPartyAsync(
                EntryKind.Note, $"P{party}", LedgerMark.BeforeAll(1), 1000, Cancellation);
            Assert.Equal(
                model.Where(step => step.Party == party).Select(step => $"N{step.Id}"), own.Select(entry => entry.Id));
        }

        for (var vehicle = 0; vehicle <= 5; vehicle++)
        {
            var expected = model.Index().Where(step => step.Item.Vehicle == vehicle && step.Item.Minutes >= -3)
                .OrderByDescending(step => step.Item.Minutes).ThenByDescending(step => step.Index)
                .Select(step => step.Index + 1L).Take(5);
            var facts = await ledger.ReadSubjectAsync(
                new(
                    SubjectKind.Vehicle, new Pseudonym((UInt128)vehicle), EntryKind.Note,
                    TestLedger.Time.AddMinutes(-3), 5),
                Cancellation);
            Assert.Equal(expected, facts.Select(fact => fact.Position.Value));
        }
    }

    private sealed record Step(int Party, int Id, int Content, int Request, int Vehicle, int Minutes)
    {
        public EntryDraft Draft() => TestLedger.Draft($"N{Id}") with
        {
            Party = $"P{Party}",
            RequestId = $"R{Request}",
            ContentSha256 = SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}/{Content}")),
            Subjects =
            [
                new(SubjectKind.Vehicle, new Pseudonym((UInt128)Vehicle), TestLedger.Time.AddMinutes(Minutes)),
            ],
        };
    }
}
