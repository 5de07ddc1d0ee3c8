namespace EcmrGateway.Risk.Profiles;

/// <summary>The greatest few of a set, in rising order: what a profile keeps.</summary>
/// <remarks>
/// Keeping the greatest K of a union gives the same whatever the order, batching and repetition of what comes in:
/// that makes a profile the same after any delivery. The order must be total over the identities of the facts.
/// </remarks>
internal static class Latest
{
    /// <returns>The same list when nothing changes: the item is there already, or is below a full list.</returns>
    public static IReadOnlyList<T> Add<T>(IReadOnlyList<T> kept, T item, int countMax, Comparison<T> order)
    {
        var at = kept.Count;
        while (at > 0)
        {
            var compared = order(kept[at - 1], item);
            if (compared == 0)
            {
                return kept;
            }

            if (compared < 0)
            {
                break;
            }

            at--;
        }

        var dropped = kept.Count < countMax ? 0 : 1;
        if (at < dropped)
        {
            return kept;
        }

        // Lists of a profile are arrays, and those are copied at once.
        ReadOnlySpan<T> all = kept as T[] ?? [.. kept];
        return (T[])[.. all[dropped..at], item, .. all[at..]];
    }

    /// <summary>The same as adding each to an empty list.</summary>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> items, int countMax, Comparison<T> order)
    {
        var sorted = items.ToList();
        sorted.Sort(order);
        var distinct = new List<T>(sorted.Count);
        foreach (var item in sorted)
        {
            if (distinct.Count == 0 || order(distinct[^1], item) != 0)
            {
                distinct.Add(item);
            }
        }

        var skipped = Math.Max(0, distinct.Count - countMax);
        return skipped == 0 ? [.. distinct] : [.. distinct.Skip(skipped)];
    }
}
