using System.Security.Cryptography;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Writes one shard's batches. For one caller at a time; other processes may write the shard too.</summary>
/// <remarks>
/// 1. Leave out what has the id or request id of another of the batch; it is decided when that one is.
/// 2. Take the head that was last seen for the one there is, grow the tree from it and sign: one round trip writes all.
/// 3. The head has moved: another process wrote. Begin again from its head, the second time with the row locked.
/// 4. An id or request id is there already: ask which, decide these, and write the rest.
/// </remarks>
/// <param name="heads">Told of what is committed; null: nobody is.</param>
internal sealed class ShardLog(int shard, TreeHeadKey key, CommittedHeads? heads, TimeProvider time)
{
    private const int SaltLength = 32;

    /// <summary>Times that a conflict may be answered by another before the batch is given up; each settles some.
    /// </summary>
    private const int ConflictsMax = 100;

    private readonly string _logId = TreeHeads.LogIdOf(key.LogId, shard);
    private readonly ReceiptStatement _statement = new(TreeHeads.LogIdOf(key.LogId, shard));
    private ShardHead? _head;

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

    /// <summary>After a failure: what is known of the head may be wrong.</summary>
    public void Forget() => _head = null;

    private async Task WriteApartAsync(ShardCommands commands, List<PendingAppend> batch)
    {
        for (var conflicts = 0; batch.Count > 0; conflicts++)
        {
            try
            {
                await AppendAsync(commands, batch);
                return;
            }
            catch (PostgresException conflict) when (conflicts < ConflictsMax && conflict.SqlState
                is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected)
            {
                batch = await DecideAsync(commands, batch);
            }
        }
    }

    private async Task AppendAsync(ShardCommands commands, List<PendingAppend> batch)
    {
        var content = new BatchContent(batch);
        _head ??= await commands.HeadAsync(shard, locked: false);
        var grown = Grow(batch, _head);
        _head = await commands.AppendAsync(shard, _head, batch, content, grown) ?? Committed(batch, grown);
        if (batch[0].Batch is null)
        {
            await using var transaction = await commands.BeginAsync();
            _head = await commands.HeadAsync(shard, locked: true);
            grown = Grow(batch, _head);
            await commands.AppendAsync(shard, _head, batch, content, grown);
            await transaction.CommitAsync();
            _head = Committed(batch, grown);
        }

        heads?.Advance(shard, new(batch[0].Batch!.Head, _head.FactIndex));
        foreach (var append in batch)
        {
            append.Complete();
        }
    }

    private CommittedBatch Grow(List<PendingAppend> batch, ShardHead head)
    {
        var salts = RandomNumberGenerator.GetBytes(batch.Count * SaltLength);
        var leaves = new byte[batch.Count * MerkleHash.Length];
        var factIndex = head.FactIndex;
        for (var ordinal = 0; ordinal < batch.Count; ordinal++)
        {
            var append = batch[ordinal];
            append.Position = LedgerPosition.Of(shard, head.Size + ordinal).Value;
            append.Salt = salts.AsMemory(ordinal * SaltLength, SaltLength);
            append.Statement = _statement.Of(append.Stated);
            MerkleHash.Leaf(append.Statement.Span, leaves.AsSpan(ordinal * MerkleHash.Length, MerkleHash.Length));
            factIndex = append.Draft.Fact.IsEmpty ? factIndex : head.Size + ordinal;
        }

        var tree = GrownTree.Grow(head.Frontier, leaves);
        return new(tree, key.Sign(_logId, tree.Size, tree.Root, time.GetUtcNow()), factIndex);
    }

    private static ShardHead Committed(List<PendingAppend> batch, CommittedBatch grown)
    {
        foreach (var append in batch)
        {
            append.Status = AppendStatus.Appended;
            append.Batch = grown;
        }

        return new(grown.Tree.Frontier, grown.FactIndex);
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
