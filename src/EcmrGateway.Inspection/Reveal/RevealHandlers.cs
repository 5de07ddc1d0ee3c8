using Ecmr.Inspection.V1;
using Ecmr.Note.V1;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Inspection.Reveal;

/// <summary>RevealVehicles and RevealConsignmentNote: the audit line first, then what it allows.</summary>
internal sealed class RevealHandlers(AccessLog log, VehicleReveal vehicles, INoteLedger ledger)
{
    private const int VehiclesMax = 50;

    public async Task<RevealVehiclesResponse> VehiclesAsync(
        Caller caller, RevealVehiclesRequest request, CancellationToken cancellation)
    {
        var findings = AccessReasons.Check(request.Reason);
        if (request.Vehicles.Count is 0 or > VehiclesMax)
        {
            findings.Add(("vehicles", "Name 1 to 50 vehicles."));
        }

        var wanted = new List<Pseudonym>(request.Vehicles.Count);
        for (var i = 0; i < Math.Min(request.Vehicles.Count, VehiclesMax); i++)
        {
            if (Pseudonym.TryParse(request.Vehicles[i], out var vehicle))
            {
                wanted.Add(vehicle);
            }
            else
            {
                findings.Add(($"vehicles[{i}]", "This is no pseudonym of this gateway."));
            }
        }

        Refuse(findings);
        var response = new RevealVehiclesResponse
        {
            OperationId = await log.WriteAsync(
                caller, "RevealVehicles", request.Reason, [.. request.Vehicles], cancellation),
        };
        foreach (var vehicle in wanted)
        {
            if (await vehicles.FindAsync(vehicle, cancellation) is { } revealed)
            {
                response.Vehicles.Add(revealed);
            }
        }

        return response;
    }

    public async Task<RevealConsignmentNoteResponse> NoteAsync(
        Caller caller, RevealConsignmentNoteRequest request, CancellationToken cancellation)
    {
        var findings = AccessReasons.Check(request.Reason);
        if (request.NotePosition is 0 or > long.MaxValue)
        {
            findings.Add(("note_position", "Name the note's position, from the list."));
        }

        Refuse(findings);
        var position = new LedgerPosition((long)request.NotePosition);
        var operation = await log.WriteAsync(
            caller, "RevealConsignmentNote", request.Reason,
            [FormattableString.Invariant($"note:{request.NotePosition}")], cancellation);
        if (await ledger.ReadAsync(position, cancellation) is not { Kind: EntryKind.Note } entry)
        {
            throw InspectionError.NoteNotFound();
        }

        if (entry.IsErased)
        {
            throw InspectionError.EntryErased();
        }

        return new RevealConsignmentNoteResponse
        {
            Note = ConsignmentNote.Parser.ParseFrom(entry.Payload.Span),
            Receipt = await ledger.ReadReceiptAsync(position, cancellation),
            ReceivedTime = entry.ReceivedTime.ToTimestamp(),
            OperationId = operation,
        };
    }

    private static void Refuse(List<(string Field, string Message)> findings)
    {
        if (findings.Count > 0)
        {
            throw InspectionError.Invalid([.. findings]);
        }
    }
}
