using System.Text;
using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>The new entries of a batch in columns, as the database takes them in one call.</summary>
internal sealed class BatchContent
{
    public BatchContent(IReadOnlyList<PendingAppend> batch)
    {
        List<int> factOf = [];
        List<ReadOnlyMemory<byte>> facts = [];
        List<string> traces = [];
        List<int> subjectOf = [];
        List<byte[]> subjects = [];
        List<long> events = [];
        Keys = new(batch);
        for (var ordinal = 0; ordinal < batch.Count; ordinal++)
        {
            var draft = batch[ordinal].Draft;
            if (!draft.Fact.IsEmpty)
            {
                factOf.Add(ordinal);
                facts.Add(draft.Fact);
                traces.Add(draft.TraceParent);
            }

            foreach (var subject in SubjectTime.Of(draft))
            {
                var key = new byte[SubjectKey.Length];
                new SubjectKey(subject.Kind, subject.Subject, draft.Kind).WriteTo(key);
                subjectOf.Add(ordinal);
                subjects.Add(key);
                events.Add(subject.EventMilliseconds);
            }
        }

        Versions = [.. batch.Select(append => append.Draft.Version)];
        Received = [.. batch.Select(append => append.Draft.ReceivedTime.ToUnixTimeMilliseconds())];
        Hashes = [.. batch.Select(append => append.Draft.ContentSha256)];
        Payloads = [.. batch.Select(append => append.Draft.Payload)];
        (FactOf, Facts, Traces) = ([.. factOf], [.. facts], [.. traces]);
        (SubjectOf, Subjects, EventMilliseconds) = ([.. subjectOf], [.. subjects], [.. events]);
    }

    public BatchKeys Keys { get; }

    public int[] Versions { get; }

    public long[] Received { get; }

    public ReadOnlyMemory<byte>[] Hashes { get; }

    public ReadOnlyMemory<byte>[] Payloads { get; }

    /// <summary>Places in the batch of the entries that have a fact.</summary>
    public int[] FactOf { get; }

    public ReadOnlyMemory<byte>[] Facts { get; }

    public string[] Traces { get; }

    /// <summary>Places in the batch of the entries of the subjects.</summary>
    public int[] SubjectOf { get; }

    public byte[][] Subjects { get; }

    public long[] EventMilliseconds { get; }
}

/// <summary>What makes the entries of a batch repeatable, in columns.</summary>
internal sealed class BatchKeys
{
    public BatchKeys(IReadOnlyList<PendingAppend> batch)
    {
        Kinds = [.. batch.Select(append => (short)append.Draft.Kind)];
        Parties = [.. batch.Select(append => Encoding.UTF8.GetBytes(append.Draft.Party))];
        Ids = [.. batch.Select(append => Encoding.UTF8.GetBytes(append.Draft.Id))];
        Requests = [.. batch.Select(
            append => append.Draft.RequestId is "" ? null : Encoding.UTF8.GetBytes(append.Draft.RequestId))];
    }

    public short[] Kinds { get; }

    public byte[][] Parties { get; }

    public byte[][] Ids { get; }

    /// <summary>Null where there is none.</summary>
    public byte[]?[] Requests { get; }
}
