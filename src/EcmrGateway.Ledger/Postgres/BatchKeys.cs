using System.Text;
using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>What makes the entries of a batch repeatable, in columns.</summary>
internal sealed class BatchKeys
{
    public BatchKeys(IReadOnlyList<PendingAppend> batch)
    {
        Kinds = [.. batch.Select(append => (short)append.Draft.Kind)];
        Names = [.. batch.Select(append => append.Draft.Party)];
        Parties = [.. Names.Select(Encoding.UTF8.GetBytes)];
        Ids = [.. batch.Select(append => Encoding.UTF8.GetBytes(append.Draft.Id))];
        Requests = [.. batch.Select(
            append => append.Draft.RequestId is "" ? null : Encoding.UTF8.GetBytes(append.Draft.RequestId))];
    }

    public short[] Kinds { get; }

    public string[] Names { get; }

    /// <summary>The names in UTF-8.</summary>
    public byte[][] Parties { get; }

    public byte[][] Ids { get; }

    /// <summary>Null where there is none.</summary>
    public byte[]?[] Requests { get; }

    /// <summary>Places in the batch, from 1 on, as the database orders ids: two batches cannot wait for each other.
    /// </summary>
    public int[] ById()
    {
        var places = Places();
        Array.Sort(places, (one, other) =>
        {
            var order = ComparePlaces(Parties, one, other);
            order = order != 0 ? order : Kinds[one - 1].CompareTo(Kinds[other - 1]);
            return order != 0 ? order : ComparePlaces(Ids, one, other);
        });
        return places;
    }

    /// <summary>As <see cref="ById"/>, of those that have a request id.</summary>
    public int[] ByRequest()
    {
        var places = Array.FindAll(Places(), place => Requests[place - 1] is not null);
        Array.Sort(places, (one, other) =>
        {
            var order = ComparePlaces(Parties, one, other);
            return order != 0 ? order : ComparePlaces(Requests, one, other);
        });
        return places;
    }

    private int[] Places() => [.. Enumerable.Range(1, Kinds.Length)];

    private static int ComparePlaces(byte[]?[] keys, int one, int other) =>
        keys[one - 1].AsSpan().SequenceCompareTo(keys[other - 1]);
}
