using Ecmr.Ingress.V1;
using EcmrGateway.Client.Sample;

namespace EcmrGateway.Benchmarks.Load;

/// <summary>
/// Generated notes that are handed out again and again, each time as a new note: with ids of its own.
/// </summary>
internal sealed class NotePool
{
    private readonly SubmitRequest[] _requests;
    private int _next = -1;

    /// <param name="count">More than are ever in flight, so that a message is not changed while it is sent.</param>
    public NotePool(int count, ulong seed)
    {
        var generator = new NoteGenerator(new SampleOptions
        {
            Count = count,
            Seed = seed,
            Around = TimeProvider.System.GetUtcNow(),
            WrongPercent = 0,
        });
        _requests = [.. generator.Notes().Select(note => new SubmitRequest { Note = note })];
        MeanBytes = _requests.Average(request => request.CalculateSize());
        MeanItems = _requests.Average(request => request.Note.Items.Count);
    }

    public double MeanBytes { get; }

    public double MeanItems { get; }

    public SubmitRequest Next()
    {
        var request = _requests[(uint)Interlocked.Increment(ref _next) % _requests.Length];
        request.RequestId = Guid.NewGuid().ToString();
        request.Note.NoteId = Guid.NewGuid().ToString();
        return request;
    }
}
