namespace EcmrGateway.Simulation;

/// <summary>What stands for clients, ledger writer, starts of relays and mishaps.</summary>
internal static class Actors
{
    private const int CrashOf = 25;

    /// <summary>A client that asks until it has an answer; the writer may end before or after the commit.</summary>
    public static async Task RecordAsync(World world)
    {
        for (var request = 0; request < world.Facts.Length; request++)
        {
            while (!world.Acknowledged.Contains(request))
            {
                try
                {
                    await world.StepAsync($"append {request}", CrashOf);
                    Commit(world, request);
                    world.MayCrash(CrashOf);
                    world.Acknowledged.Add(request);
                }
                catch (CrashException)
                {
                    // The client does not know whether it was recorded.
                }
            }
        }
    }

    /// <summary>One relay after another, each until it is stopped or ends; two of these run.</summary>
    public static async Task RelayAsync(World world, int number)
    {
        while (!world.IsRelayed)
        {
            // Before anything is drawn: the other actors start at the same time.
            await world.StepAsync("relay starts");
            var relay = new RelayProcess(world);
            world.Relays[number] = relay.Pump;
            await relay.RunAsync();
        }

        world.Relays[number] = null;
    }

    /// <summary>The group's partitions move, time passes, the hot store loses what it has.</summary>
    public static async Task DisturbAsync(World world)
    {
        for (var mishaps = world.Random.Next(30); mishaps > 0; mishaps--)
        {
            await world.StepAsync("mishap");
            switch (world.Random.Next(8))
            {
                case 0:
                    world.Note("store emptied");
                    await world.Memory.WipeAsync();
                    break;
                case 1:
                    world.Note("time passes");
                    world.Clock.Advance(TimeSpan.FromMilliseconds(world.Random.Next(10_000)));
                    break;
                default:
                    var (partition, owner) = (world.Random.Next(world.Partitions), world.Random.Next(World.Members));
                    world.Note($"partition {partition} to member {owner}");
                    world.Owners[partition] = owner;
                    break;
            }

            world.Disturb();
        }

        while (!world.IsRelayed)
        {
            await world.StepAsync("calm");
        }

        world.IsCalm = true;
    }

    private static void Commit(World world, int request)
    {
        if (world.Broken != Broken.Idempotence && world.Recorded.Any(one => one.Request == request))
        {
            return;
        }

        var shard = request % World.Shards;
        world.Ledger.Add(world.Facts[request], world.Clock.GetUtcNow(), shard: shard);
        world.Recorded.Add((request, shard, world.Ledger.Head[shard]));
    }
}
