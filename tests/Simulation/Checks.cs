namespace EcmrGateway.Simulation;

/// <summary>That the simulation repeats a seed exactly, and that it notices each broken promise.</summary>
internal static class Checks
{
    private const int SeedsTwice = 20;

    private const int SeedsToNotice = 500;

    /// <returns>Exit code.</returns>
    public static async Task<int> RunAsync()
    {
        var failed = 0;
        for (ulong seed = 1; seed <= SeedsTwice; seed++)
        {
            var (once, again) = (await Run.OfAsync(seed, Broken.None), await Run.OfAsync(seed, Broken.None));
            if (once.Hash != again.Hash || once.Violation != again.Violation)
            {
                failed++;
                Console.WriteLine($"seed {seed} ran differently the second time");
            }
        }

        Console.WriteLine($"{SeedsTwice} seeds twice, {failed} differing");
        foreach (var broken in Enum.GetValues<Broken>().Where(one => one != Broken.None))
        {
            var noticed = await NoticedAsync(broken);
            failed += noticed is null ? 1 : 0;
            Console.WriteLine(noticed is null
                ? $"{broken}: not noticed in {SeedsToNotice} seeds"
                : $"{broken}: noticed with seed {noticed.Seed}: {noticed.Violation}");
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task<Run?> NoticedAsync(Broken broken)
    {
        for (ulong seed = 1; seed <= SeedsToNotice; seed++)
        {
            if (await Run.OfAsync(seed, broken) is { Violation: not null } noticed)
            {
                return noticed;
            }
        }

        return null;
    }
}
