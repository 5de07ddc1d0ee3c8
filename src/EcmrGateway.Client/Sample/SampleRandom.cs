namespace EcmrGateway.Client.Sample;

/// <summary>SplitMix64: small, fast, the same on every machine. Not for secrets.</summary>
internal struct SampleRandom(ulong state)
{
    private ulong _state = state;

    /// <summary>
    /// Numbers of their own for the thing <paramref name="index"/> in the stream <paramref name="stream"/>.
    /// </summary>
    public static SampleRandom For(ulong seed, SampleStream stream, int index) =>
        new(Mix(Mix(seed + ((ulong)stream * 0x9E3779B97F4A7C15)) ^ ((ulong)index * 0xD1B54A32D192ED03)));

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Below(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <param name="percent">0 never, 100 always.</param>
    public bool Chance(double percent) => (Next() >> 11) * (1.0 / (1UL << 53)) * 100 < percent;

    public T Pick<T>(ReadOnlySpan<T> from) => from[Below(from.Length)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>Streams of numbers that do not disturb each other.</summary>
internal enum SampleStream
{
    Carrier = 1,
    Company = 2,
    Vehicle = 3,
    Trips = 4,
    Note = 5,
    NoteId = 6,
    Pattern = 7,
}
