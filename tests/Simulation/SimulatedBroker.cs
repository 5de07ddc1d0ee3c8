namespace EcmrGateway.Simulation;

/// <summary>Takes from the producers' lines what is on its way, late, in pieces, or not at all.</summary>
internal sealed class SimulatedBroker(World world)
{
    /// <summary>Requests of one producer that are on the network at the same time.</summary>
    private const int RequestsMax = 5;

    public List<SimulatedProducer> Producers { get; } = [];

    public async Task RunAsync()
    {
        while (!world.IsCalm)
        {
            await world.Turns.TurnAsync();
            Producers.RemoveAll(one => one.IsDisposed && one.Lines.Values.All(line => line.Count == 0));
            var lines = Producers.SelectMany(one => one.Lines.Where(line => line.Value.Count > 0
                && (!one.IsFatal || one.IsDisposed)).Select(line => (one, line.Key, line.Value))).ToList();
            if (lines.Count > 0)
            {
                var (producer, partition, line) = lines[world.Random.Next(lines.Count)];
                Serve(producer, partition, line);
            }
        }
    }

    private void Serve(SimulatedProducer producer, int partition, List<SimulatedRecord> line)
    {
        // A partition that does not know a producer takes any of its requests as the first.
        var from = producer.Known.Contains(partition) ? 0 : world.Random.Next(Math.Min(RequestsMax, line.Count));
        var batch = line.GetRange(from, 1 + world.Random.Next(Math.Min(3, line.Count - from)));
        if (world.Fails(20))
        {
            world.Note("refused for a moment");
            return;
        }

        if (!producer.IsDisposed && world.Fails(40))
        {
            world.Note("producer fails");
            Write(partition, batch.GetRange(0, world.Random.Next(batch.Count + 1)));
            producer.Fail();
            return;
        }

        if (batch.Sum(one => one.Bytes) > world.BatchBytesMax)
        {
            Refuse(producer, line, batch);
            return;
        }

        producer.Known.Add(partition);
        if (!(world.Broken == Broken.Skip && world.Random.Next(10) == 0))
        {
            Write(partition, batch);
        }

        if (!producer.IsDisposed && world.Fails(20))
        {
            world.Note("answer lost");
            return;
        }

        line.RemoveRange(from, batch.Count);
        var due = world.Fails(20) ? world.Soon(4_000) : world.RelayTicks;
        producer.Process.Pump.Post(due, () => batch.ForEach(producer.Answered));
    }

    /// <summary>It is not retried, and what follows it would leave a gap.</summary>
    private void Refuse(SimulatedProducer producer, List<SimulatedRecord> line, List<SimulatedRecord> batch)
    {
        world.Note("refused as too large");
        world.TooLarge.UnionWith(batch.Select(one => (one.Shard, one.Index)));
        if (producer.IsDisposed)
        {
            line.Clear();
        }
        else
        {
            producer.Fail(batch);
        }
    }

    private void Write(int partition, List<SimulatedRecord> batch)
    {
        foreach (var record in batch.Where(one => !one.IsWritten))
        {
            record.IsWritten = true;
            var topic = world.Topic[partition];
            topic.Insert(
                world.Broken == Broken.Order && topic.Count > world.Offsets[partition] ? topic.Count - 1 : topic.Count,
                record);
            world.Note($"topic has {record.Shard}:{record.Index}");
            world.Disturb();
        }
    }
}
