using System.Globalization;

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
        await using var engines = await EngineSet.StartAsync();
        Console.WriteLine($"seed {seed}");
        var failed = false;
        foreach (var fault in EngineFaults.All.Where(fault => only.Count == 0 || only.Contains(fault.Name)))
        {
            if (fault.Proxied && engines.Proxies is null)
            {
                Console.WriteLine($"skipped: {fault.Name}: {EcmrGateway.Engines.Toxiproxy.Missing}");
                continue;
            }

            failed |= !await RunAsync(engines, fault);
        }

        return failed ? 1 : 0;
    }

    private async Task<bool> RunAsync(EngineSet engines, EngineFault fault)
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-faults-").FullName;
        var row = await engines.NewRowAsync();
        var copies = new Copies(program, folder, row);
        try
        {
            await copies.StartAsync();
            var load = new Load(Callers, StreamPause);
            var count = Math.Max(1, rounds / fault.Slowness);
            var random = new Random(seed);
            await LoadAsync(copies, load, async () =>
            {
                for (var round = 0; round < count; round++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(BeforeMsMax)), TimeProvider.System);
                    await fault.InjectAsync(new(engines, copies, row, random));
                }
            });
            return await AuditAsync(engines, copies, row, load, $"{fault.Name} rounds {count}");
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

    private static async Task<bool> AuditAsync(
        EngineSet engines, Copies copies, Row row, Load load, string title)
    {
        var audit = new Audit(
            copies.Ingress, copies.Inspection, await copies.Ingress.AsAsync("submitter", Party),
            await copies.Inspection.AsAsync("inspector", "ilt"));
        var (lost, unverifiable) = await audit.CheckHeldAsync(load, load.Held.Keys);
        var (doubled, gaps) = await TopicAudit.LedgerAsync(row.Database);
        var window = TimeProvider.System.GetUtcNow();
        var warm = await audit.RankingAsync(window);

        // All that is scored came over the topic, or from the ledger; the relay has its time until here.
        var missing = await TopicAudit.MissingAsync(engines, row);
        for (var attempt = 0; missing > 0 && attempt < 30; attempt++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            missing = await TopicAudit.MissingAsync(engines, row);
        }

        await engines.FlushAsync();
        var differing = Differing(warm, await audit.RankingAsync(window));
        lost += unverifiable + gaps;
        doubled += load.Doubled.Count;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}, receipts {load.Held.Count}, lost {lost}, doubled {doubled}, missing {missing}, "
            + $"differing {differing}"));
        if (lost > 0)
        {
            Console.WriteLine(
                $"  of these {unverifiable} unverifiable, {gaps} gaps; a note was not read: {audit.LastFailure}");
        }

        return lost + doubled + missing + differing == 0 && !load.Held.IsEmpty && warm.Length > 0;
    }

    private static int Differing(string warm, string cold)
    {
        var (left, right) = (warm.Split('\n'), cold.Split('\n'));
        return left.Except(right).Count() + right.Except(left).Count();
    }
}
