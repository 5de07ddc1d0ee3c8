using Ecmr.Note.V1;
using EcmrGateway.Client.Sample;

namespace EcmrGateway.Faults.Engines;

/// <summary>Sample notes without an end, each another one; in parts, as a generator plans all of its notes at once.
/// </summary>
internal sealed class NoteSource(ulong seed)
{
    private const int PartLength = 20_000;

    private readonly Lock _lock = new();
    private NoteGenerator? _part;
    private int _given;

    public ConsignmentNote Next()
    {
        lock (_lock)
        {
            if (_part is null || _given == PartLength)
            {
                _part = new NoteGenerator(new SampleOptions
                {
                    Count = PartLength,
                    Seed = seed++,
                    Around = TimeProvider.System.GetUtcNow(),
                });
                _given = 0;
            }

            return _part.Create(_given++).Note;
        }
    }
}
