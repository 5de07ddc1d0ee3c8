namespace EcmrGateway.Faults.Engines;

/// <summary>What a fault may touch.</summary>
/// <param name="Notes">What each round has to tell; counted below the line of the row.</param>
internal sealed record Stage(
    EngineSet Engines, Copies Copies, Row Row, Load Load, Random Random, List<string> Notes);

/// <summary>What a fault takes that a machine may not have.</summary>
internal enum Needs
{
    Nothing,
    Proxies,
    Clock,
    SmallDisks,
}

/// <summary>A row of the table.</summary>
/// <param name="Slowness">How many rounds of others one round of this stands for.</param>
/// <param name="InjectAsync">Does it and undoes it; the load goes on meanwhile.</param>
internal sealed record EngineFault(string Name, int Slowness, Func<Stage, Task> InjectAsync)
{
    public Needs Needs { get; init; }

    /// <summary>The role of which one process has a clock to be stepped.</summary>
    public string? Clocked { get; init; }
}
