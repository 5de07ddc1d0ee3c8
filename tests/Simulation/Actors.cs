namespace EcmrGateway.Simulation;

/// <summary>What stands for clients, ledger writer, relay and mishaps.</summary>
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

    /// <summary>Two of these run; now and then both believe to own a shard.</summary>
    public static async Task RelayAsync(World world)
    {
        while (!world.IsRelayed)
        {
            try
            {
                await world.StepAsync("relay");
                var shard = world.Random.Next(World.Shards);
                var term = ++world.Terms[shard];
                await RelayAsync(world, shard, term);
            }
            catch (CrashException)
            {
                // The next lease begins at the place that was noted.
            }
        }
    }

    /// <summary>The group's shards move, time passes, the hot store loses what it has.</summary>
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
                    var (shard, owner) = (world.Random.Next(World.Shards), world.Random.Next(World.Members));
                    world.Note($"shard {shard} to member {owner}");
                    world.Owners[shard] = owner;
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

    private static async Task RelayAsync(World world, int shard, long term)
    {
        var end = Math.Min(world.Ledger.Head[shard], world.Relayed[shard] + 4);
        for (var index = world.Relayed[shard] + 1; index <= end; index++)
        {
            if (world.Broken == Broken.CursorFirst)
            {
                Advance(world, shard, term, index);
            }

            await world.StepAsync($"send {shard}:{index} in term {term}", CrashOf);
            var topic = world.Topic[shard];
            topic.Insert(
                world.Broken == Broken.Order && topic.Count > world.Offsets[shard] ? topic.Count - 1 : topic.Count,
                index);
            world.Disturb();
            await world.StepAsync($"acknowledged {shard}:{index} in term {term}", CrashOf);
            Advance(world, shard, term, index);
        }
    }

    private static void Advance(World world, int shard, long term, long index)
    {
        if (world.Terms[shard] == term)
        {
            world.Relayed[shard] = Math.Max(world.Relayed[shard], index);
        }
    }
}
