using System.Diagnostics.Metrics;
using Ecmr.Note.V1;
using Ecmr.Receipt.V1;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Receipts;
using EcmrGateway.Notes.Canonical;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;

namespace EcmrGateway.Ingress.Submit;

/// <summary>A receipt that was given out, and the hash of the note that it was given for.</summary>
internal sealed record GivenReceipt(Receipt Receipt, LedgerPosition Position, byte[] ContentSha256);

/// <summary>Looks whether receipts that this process gave out still hold, for as long as it runs.</summary>
/// <remarks>
/// Each second the newest one is kept, and the note of one that was kept is read back: it must be there, with the
/// content that was acknowledged, and its receipt must be the same bytes and verify with the public key alone. So a
/// ledger that came back without its last commits, or altered, is seen by the gateway before a submitter sees it. The
/// receipts that are kept are spread over the whole run: when there is no place, every other one goes, and one is kept
/// half as often.
/// </remarks>
internal sealed class ReceiptAudit : BackgroundService
{
    /// <summary>Receipts that are kept, at most.</summary>
    public const int KeptMax = 1_024;

    private static readonly string[] Outcomes = ["kept", "missing", "altered", "unverifiable"];
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly INoteLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _receipts;
    private readonly List<GivenReceipt> _kept = [];
    private GivenReceipt? _newest;
    private int _next;
    private int _keepEvery = 1;
    private int _passed;

    public ReceiptAudit(INoteLedger ledger, IMeterFactory meters, TimeProvider clock)
    {
        (_ledger, _clock) = (ledger, clock);
        _receipts = meters.Create("EcmrGateway.Ingress").CreateCounter<long>(
            "ecmr.ingress.audit.receipts", "{receipt}", "Receipts looked at again, by what became of the note.");
        foreach (var outcome in Outcomes)
        {
            // From the start, so that the first of a kind is an increase.
            _receipts.Add(0, Tag(outcome));
        }
    }

    /// <summary>Of a note that was recorded now. Keeps nothing but the newest one.</summary>
    public void Given(Receipt receipt, LedgerPosition position, byte[] contentSha256) =>
        Volatile.Write(ref _newest, new(receipt, position, contentSha256));

    /// <summary>One step: keeps the newest receipt and looks at the next of those that are kept.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger does not answer; nothing is told of the receipt.
    /// </exception>
    public async Task StepAsync(CancellationToken cancellation)
    {
        Keep();
        if (_kept.Count == 0)
        {
            return;
        }

        _next = (_next + 1) % _kept.Count;
        if (await LookAsync(_kept[_next], cancellation) is { } outcome)
        {
            _receipts.Add(1, Tag(outcome));
        }
        else
        {
            _kept.RemoveAt(_next);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Each engine has errors of its own, and health tells of them. Nothing was looked at, which the metric
                // shows by standing still; an audit that ended here would be silent for ever.
            }
        }
    }

    private void Keep()
    {
        if (Interlocked.Exchange(ref _newest, null) is not { } given || ++_passed < _keepEvery)
        {
            return;
        }

        _passed = 0;
        if (_kept.Count == KeptMax)
        {
            var place = 0;
            _kept.RemoveAll(_ => place++ % 2 == 1);
            _keepEvery = Math.Min(_keepEvery * 2, 1 << 20);
        }

        _kept.Add(given);
    }

    /// <returns>Null: the note was erased, which an audit line tells of; nothing is left to look at.</returns>
    private async Task<string?> LookAsync(GivenReceipt given, CancellationToken cancellation)
    {
        if (await _ledger.ReadAsync(given.Position, cancellation) is not { Kind: EntryKind.Note } entry)
        {
            return "missing";
        }

        if (entry.IsErased)
        {
            return null;
        }

        if (!IsContentOf(entry, given.ContentSha256))
        {
            return "altered";
        }

        var receipt = await _ledger.ReadReceiptAsync(given.Position, cancellation);
        if (!given.Receipt.Equals(receipt))
        {
            return receipt is null ? "missing" : "altered";
        }

        return ReceiptVerifier.Verify(receipt, _ledger.PublicKey.Span, given.ContentSha256) == ReceiptVerdict.Valid
            ? "kept"
            : "unverifiable";
    }

    private static bool IsContentOf(LedgerEntry entry, byte[] contentSha256)
    {
        try
        {
            return NoteReader.Read(ConsignmentNote.Parser.ParseFrom(entry.Payload.Span)).Note is { } note
                && CanonicalNote.Sha256(note).AsSpan().SequenceEqual(contentSha256);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static KeyValuePair<string, object?> Tag(string outcome) => new("outcome", outcome);
}
