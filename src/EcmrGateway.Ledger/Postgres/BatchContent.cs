using System.Globalization;
using System.Text;
using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>The new entries of a batch in columns, as the database takes them in one call.</summary>
/// <remarks>A place in the batch counts from 1, as arrays of the database do.</remarks>
internal sealed class BatchContent
{
    public BatchContent(IReadOnlyList<PendingAppend> batch)
    {
        List<int> factOf = [];
        List<ReadOnlyMemory<byte>> facts = [];
        List<string> traces = [];
        List<(SubjectTime Subject, int Place)> subjects = [];
        Keys = new(batch);
        for (var ordinal = 0; ordinal < batch.Count; ordinal++)
        {
            var draft = batch[ordinal].Draft;
            if (!draft.Fact.IsEmpty)
            {
                factOf.Add(ordinal + 1);
                facts.Add(draft.Fact);
                traces.Add(draft.TraceParent);
            }

            foreach (var subject in SubjectTime.Of(draft))
            {
                subjects.Add((subject, ordinal + 1));
            }
        }

        subjects.Sort((one, other) => one.Subject.Subject.CompareTo(other.Subject.Subject));
        Versions = [.. batch.Select(append => append.Draft.Version)];
        Received = [.. batch.Select(append => append.Draft.ReceivedTime.ToUnixTimeMilliseconds())];
        Hashes = [.. batch.Select(append => append.Draft.ContentSha256)];
        Payloads = [.. batch.Select(append => append.Draft.Payload)];
        (FactOf, Facts, Traces) = ([.. factOf], [.. facts], [.. traces]);
        SubjectOf = [.. subjects.Select(subject => subject.Place)];
        Subjects = [.. subjects.Select(subject => SubjectColumn.Of(subject.Subject.Subject))];
        SubjectKinds = [.. subjects.Select(subject => (short)subject.Subject.Kind)];
        EventMilliseconds = [.. subjects.Select(subject => subject.Subject.EventMilliseconds)];
        (ById, ByRequest) = (Keys.ById(), Keys.ByRequest());
        (Listed, Offsets) = Lists(Keys);
    }

    public BatchKeys Keys { get; }

    /// <summary>Places in the order of ids.</summary>
    public int[] ById { get; }

    /// <summary>Places of those that have a request id, in the order of these.</summary>
    public int[] ByRequest { get; }

    public int[] Versions { get; }

    public long[] Received { get; }

    public ReadOnlyMemory<byte>[] Hashes { get; }

    public ReadOnlyMemory<byte>[] Payloads { get; }

    /// <summary>A place for each party and kind of entry.</summary>
    public int[] Listed { get; }

    /// <summary>Which entries are of that party and kind: int4multirange, in text, of offsets from 0.</summary>
    public string[] Offsets { get; }

    /// <summary>Places of the entries that have a fact.</summary>
    public int[] FactOf { get; }

    public ReadOnlyMemory<byte>[] Facts { get; }

    public string[] Traces { get; }

    /// <summary>Places of the entries of the subjects, which are in their order.</summary>
    public int[] SubjectOf { get; }

    public Guid[] Subjects { get; }

    public short[] SubjectKinds { get; }

    public long[] EventMilliseconds { get; }

    private static (int[] Listed, string[] Offsets) Lists(BatchKeys keys)
    {
        var lists = Enumerable.Range(0, keys.Kinds.Length)
            .GroupBy(ordinal => (keys.Names[ordinal], keys.Kinds[ordinal])).ToList();
        return ([.. lists.Select(list => list.First() + 1)], [.. lists.Select(Runs)]);
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
