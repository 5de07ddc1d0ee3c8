using EcmrGateway.Engines;

namespace EcmrGateway.Faults.Engines;

/// <summary>Runs the table: a fault again and again under load, then everything is looked at.</summary>
internal sealed class EngineRounds(string program, int rounds, int seed)
{
    /// <summary>A fault comes this long after the load began at most.</summary>
    private const int BeforeMsMax = 1_500;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<string> only)
    {
        if (only.Except(EngineFaults.All.Select(fault => fault.Name)).FirstOrDefault() is { } unknown)
        {
            Console.WriteLine($"There is no fault {unknown}; --list has their names.");
            return 2;
        }

        Console.WriteLine($"seed {seed}");
        var faults = EngineFaults.All.Where(fault => only.Count == 0 || only.Contains(fault.Name)).ToList();
        var passed = await RunAsync([.. faults.Where(fault => fault.Needs != Needs.SmallDisks)], disks: null);
        List<EngineFault> ofDisks = [.. faults.Where(fault => fault.Needs == Needs.SmallDisks)];
        passed &= await RunAsync(ofDisks, ofDisks.Count == 0 ? null : await SmallDisks.TryMountAsync());
        return passed ? 0 : 1;
    }

    private async Task<bool> RunAsync(IReadOnlyList<EngineFault> faults, SmallDisks? disks)
    {
        if (faults.All(fault => fault.Needs == Needs.SmallDisks) && disks is null)
        {
            foreach (var fault in faults)
            {
                Console.WriteLine($"skipped: {fault.Name}: {SmallDisk.Missing}");
            }

            return true;
        }

        await using var engines = await EngineSet.StartAsync(disks);
        var passed = true;
        foreach (var fault in faults)
        {
            if (MissingFor(fault, engines) is { } missing)
            {
                Console.WriteLine($"skipped: {fault.Name}: {missing}");
                continue;
            }

            passed &= await RunAsync(engines, fault);
        }

        return passed;
    }

    private static string? MissingFor(EngineFault fault, EngineSet engines) => fault.Needs switch
    {
        Needs.Proxies when engines.Proxies is null => Toxiproxy.Missing,
        Needs.Clock when !StepClock.IsHere => StepClock.Missing,
        _ => null,
    };

    private async Task<bool> RunAsync(EngineSet engines, EngineFault fault)
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-faults-").FullName;
        var row = await engines.NewRowAsync();
        var copies = new Copies(program, folder, row, fault.Clocked);
        try
        {
            await copies.StartAsync();
            var load = EngineLoad.New();
            var count = Math.Max(1, rounds / fault.Slowness);
            var random = new Random(seed);
            List<string> notes = [];
            await EngineLoad.RunAsync(copies, load, (ulong)seed, async () =>
            {
                for (var round = 0; round < count; round++)
                {
                    // After a fault, a round without load would be none.
                    await Wait.ForReceiptAsync(load);
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(BeforeMsMax)), TimeProvider.System);
                    await fault.InjectAsync(new(engines, copies, row, load, random, notes));
                }
            });
            var found = await (await EngineAudit.OfAsync(engines, copies, row, load)).RunAsync();
            Console.WriteLine($"{fault.Name} rounds {count}, {found}");
            foreach (var note in notes.CountBy(note => note))
            {
                Console.WriteLine($"  {note.Key}: {note.Value}");
            }

            return found.IsClean;
        }
        catch (Exception stuck) when (stuck is TimeoutException or InvalidOperationException or Grpc.Core.RpcException)
        {
            Console.WriteLine($"{fault.Name}: STUCK: {stuck.Message}");
            foreach (var process in copies.All)
            {
                Console.WriteLine(process.LastOutput);
            }

            return false;
        }
        finally
        {
            copies.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }
}
