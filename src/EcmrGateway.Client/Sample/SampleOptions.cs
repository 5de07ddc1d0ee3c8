namespace EcmrGateway.Client.Sample;

/// <summary>What sandbox notes are made from. The same options give the same notes, byte for byte.</summary>
public sealed record SampleOptions
{
    /// <summary>Most notes of one set.</summary>
    public const int CountMax = 10_000_000;

    /// <summary>Notes that each vehicle of a large set has.</summary>
    public const int NotesPerVehicle = 50;

    /// <summary>Number of notes, 1 to <see cref="CountMax"/>. Vehicles, carriers and companies grow with it.</summary>
    public required int Count { get; init; }

    /// <summary>Any number; another one gives another world.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Moment around which the carriage is planned; cut to the whole minute.</summary>
    public required DateTimeOffset Around { get; init; }

    /// <summary>Share of notes that a rule refuses, percent, 0 to 100.</summary>
    public double WrongPercent { get; init; } = 2;

    /// <summary>
    /// Scale of the shares of risky patterns, 0 to 5: 0 gives none, 1 the shares named at <see cref="SamplePattern"/>.
    /// </summary>
    public double RiskScale { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Count, CountMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(WrongPercent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WrongPercent, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(RiskScale, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RiskScale, 5);
    }
}
