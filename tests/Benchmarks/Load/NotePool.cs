using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.Client.Sample;

namespace EcmrGateway.Benchmarks.Load;

/// <summary>
/// Generated notes that are handed out again and again, each time as a new note: with ids of its own.
/// </summary>
/// <remarks>
/// Each note of the pool is of another vehicle, and each time round the notes are of another fleet until all fleets
/// had their turn: a vehicle has a few movements, as in a day, and not the hundreds of a loop over few notes.
/// </remarks>
internal sealed class NotePool
{
    private const string Fleets = "ABCDE";

    private readonly SubmitRequest[] _requests;
    private readonly string?[] _plates;
    private int _next = -1;

    /// <param name="count">More than are ever in flight, so that a message is not changed while it is sent.</param>
    public NotePool(int count, ulong seed)
    {
        var generator = new NoteGenerator(new SampleOptions
        {
            Count = count * SampleOptions.NotesPerVehicle,
            Seed = seed,
            Around = TimeProvider.System.GetUtcNow(),
            WrongPercent = 0,
        });
        _requests = [.. generator.Notes().Take(count).Select(note => new SubmitRequest { Note = note })];
        _plates = [.. _requests.Select(request => Vehicle(request)?.Plate)];
        MeanBytes = _requests.Average(request => request.CalculateSize());
        MeanItems = _requests.Average(request => request.Note.Items.Count);
    }

    public double MeanBytes { get; }

    public double MeanItems { get; }

    public SubmitRequest Next()
    {
        var (round, place) = Math.DivRem((uint)Interlocked.Increment(ref _next), (uint)_requests.Length);
        var request = _requests[place];
        request.RequestId = Guid.NewGuid().ToString();
        request.Note.NoteId = Guid.NewGuid().ToString();
        if (Vehicle(request) is { } vehicle)
        {
            var plate = _plates[place] + Fleets[(int)(round % (uint)Fleets.Length)];
            foreach (var equipment in request.Note.Equipment.Where(one => one.CarriedOn == vehicle.Plate))
            {
                equipment.CarriedOn = plate;
            }

            vehicle.Plate = plate;
        }

        return request;
    }

    private static Vehicle? Vehicle(SubmitRequest request) =>
        request.Note.Legs is [{ Vehicle: { } vehicle }, ..] ? vehicle : null;
}
