using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Factors;

/// <summary>When the goods of a vehicle's notes are known to be on it.</summary>
/// <remarks>
/// From start to end where both are stated. Where one is stated, for that one moment; where none is, never: a time that
/// would have to be guessed from the distance is not used, as places are no input.
/// </remarks>
internal sealed class VehicleTimeline
{
    private const long MsPerHour = 3_600_000;

    private readonly MovementFacts[] _movements;

    // Half-open, milliseconds; empty where no time is stated.
    private readonly long[] _from;
    private readonly long[] _to;

    // Mass on the vehicle at each movement's first moment, grams.
    private readonly long[] _grams;

    public VehicleTimeline(MovementFacts[] movements, int onBoardHoursMax)
    {
        _movements = movements;
        _from = new long[movements.Length];
        _to = new long[movements.Length];
        _grams = new long[movements.Length];
        for (var i = 0; i < movements.Length; i++)
        {
            (_from[i], _to[i]) = OnBoard(movements[i], onBoardHoursMax * MsPerHour);
        }

        for (var i = 0; i < movements.Length; i++)
        {
            _grams[i] = _from[i] < _to[i] ? GramsAt(_from[i]) : 0;
        }
    }

    public ReadOnlySpan<MovementFacts> Movements => _movements;

    /// <summary>The most goods known to be on the vehicle at once during a movement, and when that is.</summary>
    public (long Grams, long AtMs) PeakDuring(int index)
    {
        var (grams, at) = (_grams[index], _from[index]);
        for (var i = 0; i < _from.Length; i++)
        {
            // The mass rises only where a movement begins.
            var during = _from[i] >= _from[index] && _from[i] < _to[index];
            if (during && (_grams[i] > grams || (_grams[i] == grams && _from[i] < at)))
            {
                (grams, at) = (_grams[i], _from[i]);
            }
        }

        return (grams, at);
    }

    /// <summary>Positions of the notes with a mass that are on the vehicle at a moment.</summary>
    public List<long> LoadedAt(long atMs)
    {
        var positions = new List<long>();
        for (var i = 0; i < _from.Length; i++)
        {
            if (Covers(i, atMs) && _movements[i].Note.GrossMassG > 0 && !positions.Contains(_movements[i].Position))
            {
                positions.Add(_movements[i].Position);
            }
        }

        return positions;
    }

    /// <summary>For how long two movements with both times stated overlap, milliseconds.</summary>
    public long OverlapMs(int left, int right)
    {
        var overlap = Math.Min(_to[left], _to[right]) - Math.Max(_from[left], _from[right]);
        return overlap > 0 && HasBothTimes(_movements[left]) && HasBothTimes(_movements[right]) ? overlap : 0;
    }

    private static bool HasBothTimes(MovementFacts movement) => movement is { StartMs: not null, EndMs: not null };

    private static (long From, long To) OnBoard(MovementFacts movement, long spanMax) => movement switch
    {
        { StartMs: { } start, EndMs: { } end } when end > start => (start, Math.Min(end, start + spanMax)),
        { StartMs: { } start } => (start, start + 1),
        { EndMs: { } end } => (end - 1, end),
        _ => (0, 0),
    };

    private bool Covers(int index, long atMs) => _from[index] <= atMs && atMs < _to[index];

    private long GramsAt(long atMs)
    {
        var grams = 0L;
        for (var i = 0; i < _from.Length; i++)
        {
            if (Covers(i, atMs) && _movements[i].Note.GrossMassG is > 0 and { } own && !EarlierLegCovers(i, atMs))
            {
                grams += Math.Min(own, VehicleMass.GoodsGramsMax);
            }
        }

        return grams;
    }

    /// <summary>Whether another leg of the note is on the vehicle too, so that its mass is counted.</summary>
    private bool EarlierLegCovers(int index, long atMs)
    {
        for (var i = 0; i < index; i++)
        {
            if (Covers(i, atMs) && _movements[i].Position == _movements[index].Position)
            {
                return true;
            }
        }

        return false;
    }
}
