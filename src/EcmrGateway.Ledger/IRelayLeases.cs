namespace EcmrGateway.Ledger;

/// <summary>That a relay owns a shard, for a while.</summary>
/// <param name="Term">Grows with every new owner of the shard; what an earlier owner asks for is refused.</param>
/// <param name="Relayed">Index up to which the shard's facts are on the topic; -1: none.</param>
public sealed record RelayLease(int Shard, long Term, long Relayed);

/// <summary>
/// Who relays which shard, and how far it is; kept beside the ledger, so that it outlives every relay.
/// </summary>
public interface IRelayLeases
{
    /// <summary>Renews the owner's leases and takes free shards, up to its fair share among the relays that live.
    /// </summary>
    /// <remarks>
    /// Who has more than its share gives up the rest, so that a new relay gets some. A lease that is not renewed ends
    /// <paramref name="duration"/> after the call began, by the clock of the ledger.
    /// </remarks>
    /// <returns>All leases of the owner, by shard.</returns>
    ValueTask<IReadOnlyList<RelayLease>> HoldAsync(
        string owner, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Moves the shard's place on, after the broker has acknowledged; never back.</summary>
    /// <returns>False: another owner has the shard since, and nothing was changed.</returns>
    ValueTask<bool> AdvanceAsync(RelayLease lease, long relayed, CancellationToken cancellation);

    /// <summary>Gives up the owner's leases, so that others need not wait for their end.</summary>
    ValueTask ReleaseAsync(string owner, CancellationToken cancellation);
}
