using System.Diagnostics;
using System.Security.Cryptography;
using Ecmr.Facts.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using Google.Protobuf;

namespace EcmrGateway.Inspection.Outcome;

/// <summary>Records what an inspection found, and the fact that changes the next ranking.</summary>
internal sealed class OutcomeRecorder(INoteLedger ledger, TimeProvider clock)
{
    /// <summary>Notes of the vehicle that are looked at to tell who drove.</summary>
    private const int NotesMax = 32;

    /// <summary>An inspection may precede the planned start that the note states by this much.</summary>
    private static readonly TimeSpan EarlyStart = TimeSpan.FromHours(6);

    /// <param name="vehicle">Null at a premises check without a vehicle.</param>
    public async Task<RecordOutcomeResponse> RecordAsync(
        Caller caller, RecordOutcomeRequest request, Pseudonym? vehicle, CancellationToken cancellation)
    {
        var carrier = await CarrierAsync(request, vehicle, cancellation);
        var fact = Write(request, vehicle, carrier);
        var content = request.ToByteArray();
        var result = await ledger.AppendAsync(
            new EntryDraft
            {
                Kind = EntryKind.Outcome,
                Party = caller.Party,
                Id = request.RequestId,
                Payload = new InspectionOutcome { Request = request, Actor = caller.Subject }.ToByteArray(),
                ContentSha256 = SHA256.HashData(content),
                ReceivedTime = clock.GetUtcNow(),
                Fact = new Fact { Inspection = fact }.ToByteArray(),
                Subjects = Subjects(vehicle, carrier, request.InspectedTime.ToDateTimeOffset()),
                OrderKey = carrier ?? vehicle,
                TraceParent = Activity.Current?.Id ?? "",
            },
            cancellation);

        return result.Status switch
        {
            AppendStatus.Appended or AppendStatus.AlreadyAppended => new RecordOutcomeResponse
            {
                Receipt = result.Receipt,
                CarrierKnown = carrier is not null,
                AlreadyRecorded = result.Status == AppendStatus.AlreadyAppended,
            },
            AppendStatus.Erased => throw InspectionError.EntryErased(),
            AppendStatus.RequestIdReused or AppendStatus.ContentDiffers => throw InspectionError.RequestIdReused(),
            AppendStatus.Overloaded => throw InspectionError.Overloaded(),
            AppendStatus.Unavailable => throw InspectionError.LedgerUnavailable(),
            _ => throw new UnreachableException($"Unknown {nameof(AppendStatus)} {result.Status}."),
        };
    }

    /// <summary>Who drove: from the note that the inspector had open, or the vehicle's note of that time.</summary>
    private async Task<Pseudonym?> CarrierAsync(
        RecordOutcomeRequest request, Pseudonym? vehicle, CancellationToken cancellation)
    {
        if (request.NotePosition > 0)
        {
            var position = new LedgerPosition((long)request.NotePosition);
            var facts = position.Shard < ledger.ShardCount
                ? await ledger.ReadFactsAsync(position.Shard, position.Index - 1, limit: 1, cancellation)
                : [];
            return facts.Count == 1 && facts[0].Position == position
                && NoteFact.Of(facts[0]) is { } note
                ? CarrierOf(note, vehicle)
                : throw InspectionError.NoteNotFound();
        }

        if (vehicle is not { } known)
        {
            return null;
        }

        var notes = await ledger.ReadSubjectAsync(
            new(SubjectKind.Vehicle, known, EntryKind.Note, Since: null, NotesMax), cancellation);
        var latestStart = request.InspectedTime.ToDateTimeOffset().Add(EarlyStart).ToUnixTimeMilliseconds();
        return notes
            .Select(NoteFact.Of).OfType<NoteRecorded>()
            .Where(note => StartOf(note, known) <= latestStart)
            .Select(note => CarrierOf(note, known))
            .FirstOrDefault();
    }

    private static Pseudonym? CarrierOf(NoteRecorded note, Pseudonym? vehicle)
    {
        var wanted = vehicle?.ToBytes() ?? [];
        var driving = note.Movements.FirstOrDefault(movement => movement.Vehicle.Span.SequenceEqual(wanted))?.Carrier;
        var carrier = driving is { Length: Pseudonym.Length } ? driving : note.Carrier;
        return carrier.Length == Pseudonym.Length ? Pseudonym.FromBytes(carrier.Span) : null;
    }

    private static long StartOf(NoteRecorded note, Pseudonym vehicle)
    {
        var wanted = vehicle.ToBytes();
        var movement = note.Movements.First(candidate => candidate.Vehicle.Span.SequenceEqual(wanted));
        return movement.HasStartMs ? movement.StartMs : note.ReceivedMs;
    }

    private static InspectionReported Write(RecordOutcomeRequest request, Pseudonym? vehicle, Pseudonym? carrier)
    {
        var fact = new InspectionReported
        {
            InspectedMs = request.InspectedTime.ToDateTimeOffset().ToUnixTimeMilliseconds(),
            Carrier = carrier is { } known ? UnsafeByteOperations.UnsafeWrap(known.ToBytes()) : ByteString.Empty,
            Vehicle = vehicle is { } seen ? UnsafeByteOperations.UnsafeWrap(seen.ToBytes()) : ByteString.Empty,
            Place = request.Place == CheckPlace.Unspecified ? CheckPlace.Roadside : request.Place,
            VehiclesChecked = Math.Max(1, request.VehiclesChecked),
            NotePosition = request.NotePosition,
        };
        fact.Infringements.AddRange(request.Infringements
            .GroupBy(infringement => (infringement.Domain, infringement.Class))
            .OrderBy(group => group.Key.Domain).ThenBy(group => group.Key.Class)
            .Select(group => new Infringement
            {
                Domain = group.Key.Domain,
                Class = group.Key.Class,
                Count = group.Sum(infringement => infringement.Count),
            }));
        return fact;
    }

    private static List<FactSubject> Subjects(Pseudonym? vehicle, Pseudonym? carrier, DateTimeOffset inspected)
    {
        var subjects = new List<FactSubject>(2);
        if (carrier is { } driver)
        {
            subjects.Add(new(SubjectKind.Carrier, driver, inspected));
        }

        if (vehicle is { } seen)
        {
            subjects.Add(new(SubjectKind.Vehicle, seen, inspected));
        }

        return subjects;
    }
}
