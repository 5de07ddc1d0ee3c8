using System.Globalization;
using System.Text;
using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>The new entries of a batch in columns, as the database takes them in one call.</summary>
/// <remarks>
/// Entries come in the order of their parts. A place in the batch, or among the parts, counts from 1, as arrays of the
/// database do.
/// </remarks>
internal sealed class BatchContent
{
    public BatchContent(IReadOnlyList<ShardBatch> parts)
    {
        List<PendingAppend> batch = [.. parts.SelectMany(part => part.Appends)];
        List<int> factOf = [];
        List<ReadOnlyMemory<byte>> facts = [];
        List<string> traces = [];
        List<FactSubjects> firsts = [];
        List<(SubjectTime Subject, int Place)> subjects = [];
        Keys = new(batch);
        for (var ordinal = 0; ordinal < batch.Count; ordinal++)
        {
            var draft = batch[ordinal].Draft;
            var (first, others) = FactSubjects.Of(draft);
            subjects.AddRange(others.Select(subject => (subject, ordinal + 1)));
            if (!draft.Fact.IsEmpty)
            {
                factOf.Add(ordinal + 1);
                facts.Add(draft.Fact);
                traces.Add(draft.TraceParent);
                firsts.Add(first);
            }
        }

        subjects.Sort((one, other) => one.Subject.Subject.CompareTo(other.Subject.Subject));
        Versions = [.. batch.Select(append => append.Draft.Version)];
        Received = [.. batch.Select(append => append.Draft.ReceivedTime.ToUnixTimeMilliseconds())];
        Hashes = [.. batch.Select(append => append.Draft.ContentSha256)];
        Payloads = [.. batch.Select(append => append.Draft.Payload)];
        (FactOf, Facts, Traces) = ([.. factOf], [.. facts], [.. traces]);
        Vehicles = [.. firsts.Select(first => first.Vehicle)];
        VehicleMilliseconds = [.. firsts.Select(first => first.VehicleMilliseconds)];
        Consignors = [.. firsts.Select(first => first.Consignor)];
        SubjectOf = [.. subjects.Select(subject => subject.Place)];
        Subjects = [.. subjects.Select(subject => SubjectColumn.Of(subject.Subject.Subject))];
        SubjectKinds = [.. subjects.Select(subject => (short)subject.Subject.Kind)];
        EventMilliseconds = [.. subjects.Select(subject => subject.Subject.EventMilliseconds)];
        (ById, ByRequest) = (Keys.ById(), Keys.ByRequest());
        (Listed, ListShards, Offsets) = Lists(parts, Keys);
        Batch = batch;
    }

    public IReadOnlyList<PendingAppend> Batch { get; }

    public BatchKeys Keys { get; }

    /// <summary>Places in the order of ids.</summary>
    public int[] ById { get; }

    /// <summary>Places of those that have a request id, in the order of these.</summary>
    public int[] ByRequest { get; }

    public int[] Versions { get; }

    public long[] Received { get; }

    public ReadOnlyMemory<byte>[] Hashes { get; }

    public ReadOnlyMemory<byte>[] Payloads { get; }

    /// <summary>A place for each party and kind of entry of a part.</summary>
    public int[] Listed { get; }

    /// <summary>The place of that part.</summary>
    public int[] ListShards { get; }

    /// <summary>Which of its entries are of that party and kind: int4multirange, in text, of offsets from 0.</summary>
    public string[] Offsets { get; }

    /// <summary>Places of the entries that have a fact.</summary>
    public int[] FactOf { get; }

    public ReadOnlyMemory<byte>[] Facts { get; }

    public string[] Traces { get; }

    /// <summary>Of each fact, as are the next two: its subjects that are in its own row.</summary>
    public Guid?[] Vehicles { get; }

    public long?[] VehicleMilliseconds { get; }

    public Guid?[] Consignors { get; }

    /// <summary>Places of the entries of all other subjects, which are in their order.</summary>
    public int[] SubjectOf { get; }

    public Guid[] Subjects { get; }

    public short[] SubjectKinds { get; }

    public long[] EventMilliseconds { get; }

    private static (int[] Listed, int[] ListShards, string[] Offsets) Lists(
        IReadOnlyList<ShardBatch> parts, BatchKeys keys)
    {
        List<int> listed = [];
        List<int> shards = [];
        List<string> offsets = [];
        var first = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            var count = parts[part].Appends.Count;
            var ordinals = Enumerable.Range(first, count);
            foreach (var list in ordinals.GroupBy(ordinal => (keys.Names[ordinal], keys.Kinds[ordinal])))
            {
                listed.Add(list.First() + 1);
                shards.Add(part + 1);
                offsets.Add(Runs(list.Select(ordinal => ordinal - first)));
            }

            first += count;
        }

        return ([.. listed], [.. shards], [.. offsets]);
    }

    /// <param name="ordinals">Ascending.</param>
    private static string Runs(IEnumerable<int> ordinals)
    {
        var text = new StringBuilder("{");
        var (first, next) = (-1, -1);
        foreach (var ordinal in ordinals)
        {
            if (ordinal != next)
            {
                Close();
                first = ordinal;
            }

            next = ordinal + 1;
        }

        Close();
        return text.Append('}').ToString();

        void Close()
        {
            if (first >= 0)
            {
                text.Append(text.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"[{first},{next})");
            }
        }
    }
}
