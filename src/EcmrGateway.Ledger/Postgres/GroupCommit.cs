using System.Diagnostics;
using EcmrGateway.Ledger.Append;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Writes the batches of one writer: one transaction over all the shards that a batch falls on.</summary>
/// <remarks>
/// 1. Leave out what has the id or request id of another of the batch; it is decided when that one is.
/// 2. Take the heads that were last seen for those there are, grow the trees from them and sign: one round trip writes
///    all. It locks the shards in their order, as all who write do, and then writes ids in theirs: two batches cannot
///    wait for each other.
/// 3. A head has moved: another process wrote. Begin again from the heads there are, with the rows locked.
/// 4. An id or request id is there already: nothing is written. Ask which, decide these, and write the rest.
/// </remarks>
/// <param name="shards">Those of the writer, by their number.</param>
internal sealed class GroupCommit(IReadOnlyDictionary<int, ShardLog> shards)
{
    /// <summary>Times that a conflict may be answered by another before the batch is given up; each settles some.
    /// </summary>
    private const int ConflictsMax = 100;

    /// <summary>Fills in the appends and completes them: each as soon as it is on disk or decided.</summary>
    /// <exception cref="NpgsqlException">What is not completed may be on disk or not.</exception>
    public async Task WriteAsync(ShardCommands commands, IReadOnlyList<PendingAppend> batch)
    {
        while (batch.Count > 0)
        {
            var (apart, later) = Split(batch);
            await WriteApartAsync(commands, apart);
            if (later.Count > 0)
            {
                later = await DecideAsync(commands, later);
            }

            batch = later;
        }
    }

    private async Task WriteApartAsync(ShardCommands commands, List<PendingAppend> batch)
    {
        for (var conflicts = 0; batch.Count > 0; conflicts++)
        {
            try
            {
                await AppendAsync(commands, batch);
                return;
            }
            catch (PostgresException conflict) when (
                conflicts < ConflictsMax && conflict.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                batch = await DecideAsync(commands, batch);
            }
        }
    }

    private async Task AppendAsync(ShardCommands commands, List<PendingAppend> batch)
    {
        List<ShardBatch> parts =
        [
            .. batch.GroupBy(append => append.Shard).OrderBy(part => part.Key)
                .Select(part => new ShardBatch(shards[part.Key], [.. part])),
        ];
        var content = new BatchContent(parts);
        await ReadHeadsAsync(commands, parts.FindAll(part => part.Log.Head is null), locked: false);
        if (!await AppendAsync(commands, parts, content))
        {
            await using var transaction = await commands.BeginAsync();
            await ReadHeadsAsync(commands, parts, locked: true);
            if (!await AppendAsync(commands, parts, content))
            {
                throw new UnreachableException("A shard has moved whose row is locked.");
            }

            await transaction.CommitAsync();
        }

        parts.ForEach(part => part.Complete());
    }

    /// <returns>False: nothing is written, because another process wrote one of the shards.</returns>
    private static Task<bool> AppendAsync(ShardCommands commands, List<ShardBatch> parts, BatchContent content)
    {
        parts.ForEach(part => part.Grow());
        return commands.AppendAsync(parts, content);
    }

    private static async Task ReadHeadsAsync(ShardCommands commands, List<ShardBatch> parts, bool locked)
    {
        if (parts.Count > 0)
        {
            var heads = await commands.HeadsAsync([.. parts.Select(part => part.Log.Shard)], locked);
            parts.ForEach(part => part.Log.Head = heads[part.Log.Shard]);
        }
    }

    /// <summary>Completes those that are there already or refused; the precedence is that of AppendStatus.</summary>
    /// <returns>The others.</returns>
    private static async Task<List<PendingAppend>> DecideAsync(ShardCommands commands, List<PendingAppend> batch)
    {
        var found = await commands.FindAsync(new(batch));
        var earlier = await commands.StatedAsync(
            [.. found.Select(seen => seen.Position).Where(position => position != LedgerPosition.None)]);
        List<PendingAppend> fresh = [];
        List<PendingAppend> same = [];
        for (var ordinal = 0; ordinal < batch.Count; ordinal++)
        {
            var (append, seen) = (batch[ordinal], found[ordinal]);
            var known = seen.Position != LedgerPosition.None;
            if (known && seen.ContentSha256.Span.SequenceEqual(append.Draft.ContentSha256.Span))
            {
                append.Position = seen.Position.Value;
                append.Earlier = earlier[seen.Position];
                same.Add(append);
            }
            else if (seen.IsErased)
            {
                append.Decide(AppendStatus.Erased, LedgerPosition.None);
            }
            else if (seen.Requested)
            {
                append.Decide(AppendStatus.RequestIdReused, LedgerPosition.None);
            }
            else if (known)
            {
                append.Decide(AppendStatus.ContentDiffers, LedgerPosition.None);
            }
            else
            {
                fresh.Add(append);
            }
        }

        await commands.AddRequestsAsync(same);
        same.ForEach(append => append.Decide(AppendStatus.AlreadyAppended, new(append.Position)));
        return fresh;
    }

    private static (List<PendingAppend> Apart, List<PendingAppend> Later) Split(IReadOnlyList<PendingAppend> batch)
    {
        HashSet<(EntryKind, string, string)> ids = [];
        HashSet<(string, string)> requests = [];
        List<PendingAppend> apart = new(batch.Count);
        List<PendingAppend> later = [];
        foreach (var append in batch)
        {
            var draft = append.Draft;
            var isFree = !ids.Contains((draft.Kind, draft.Party, draft.Id))
                && (draft.RequestId is "" || !requests.Contains((draft.Party, draft.RequestId)));
            (isFree ? apart : later).Add(append);
            ids.Add((draft.Kind, draft.Party, draft.Id));
            if (draft.RequestId is not "")
            {
                requests.Add((draft.Party, draft.RequestId));
            }
        }

        return (apart, later);
    }
}
