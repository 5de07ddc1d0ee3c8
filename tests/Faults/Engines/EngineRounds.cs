using EcmrGateway.Engines;

namespace EcmrGateway.Faults.Engines;

/// <summary>Runs the table: a fault again and again under load, then everything is looked at.</summary>
internal sealed class EngineRounds(string program, int rounds, int seed)
{
    private const string Party = "faults";
    private const int Callers = 8;

    private static readonly TimeSpan StreamPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan FirstReceiptWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);

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
            var load = new Load(Callers, StreamPause);
            var count = Math.Max(1, rounds / fault.Slowness);
            var random = new Random(seed);
            List<string> notes = [];
            await LoadAsync(copies, load, async () =>
            {
                for (var round = 0; round < count; round++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(BeforeMsMax)), TimeProvider.System);
                    await fault.InjectAsync(new(engines, copies, row, load, random, notes));
                }
            });
            var found = await EngineAudit.RunAsync(engines, copies, row, load, Party);
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

    /// <summary>Load before, during and after what is done.</summary>
    private async Task LoadAsync(Copies copies, Load load, Func<Task> meanwhile)
    {
        using var stopping = new CancellationTokenSource();
        var headers = await copies.Ingress.AsAsync("submitter", Party);
        var notes = new NoteSource((ulong)seed);
        var running = Task.Run(
            async () =>
            {
                while (!stopping.IsCancellationRequested)
                {
                    // Callers end with the gateway; it comes back.
                    await load.RunAsync(copies.Ingress, headers, notes.Next, stopping.Token);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
                }
            },
            CancellationToken.None);
        await HeldAsync(load);
        await meanwhile();
        await Task.Delay(Afterwards, TimeProvider.System);
        await stopping.CancelAsync();
        await running;
    }

    /// <summary>Waits for the first receipt.</summary>
    private static async Task HeldAsync(Load load)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (load.Held.IsEmpty)
        {
            if (TimeProvider.System.GetElapsedTime(started) > FirstReceiptWithin)
            {
                throw new TimeoutException($"No receipt came. {load.LastFailure}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
