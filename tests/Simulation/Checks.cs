namespace EcmrGateway.Simulation;

/// <summary>That the simulation repeats a seed exactly, and that it notices each broken promise.</summary>
internal static class Checks
{
    private const int SeedsTwice = 200;

    private const int SeedsToNotice = 2_000;

    /// <returns>Exit code.</returns>
    public static int Run()
    {
        Dictionary<ulong, string> once = [];
        var differing = 0;
        var (_, failed) = Seeds.Run(1, SeedsTwice, Broken.None, run => once[run.Seed] = run.Hash);
        Seeds.Run(1, (ulong)once.Count, Broken.None, again =>
        {
            if (once[again.Seed] != again.Hash)
            {
                differing++;
                Console.WriteLine($"seed {again.Seed} ran differently the second time");
            }
        });
        Console.WriteLine($"{once.Count} seeds twice, {differing} differing");
        if (failed is not null)
        {
            Console.WriteLine($"seed {failed.Seed} failed: {failed.Violation}");
        }

        var unnoticed = 0;
        foreach (var broken in Enum.GetValues<Broken>().Where(one => one != Broken.None))
        {
            var (_, noticed) = Seeds.Run(1, SeedsToNotice, broken);
            unnoticed += noticed is null ? 1 : 0;
            Console.WriteLine(noticed is null
                ? $"{broken}: not noticed in {SeedsToNotice} seeds"
                : $"{broken}: noticed with seed {noticed.Seed}: {noticed.Violation}");
        }

        return differing == 0 && failed is null && unnoticed == 0 ? 0 : 1;
    }
}
