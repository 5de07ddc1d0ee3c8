namespace EcmrGateway.DeadLetters;

/// <summary>What a control record says.</summary>
public enum ControlKind
{
    /// <summary>An operator asks for the records to be handed over again.</summary>
    Replay = 1,

    /// <summary>An operator gives up the records up to an offset; those behind are handed over.</summary>
    Drop = 2,

    /// <summary>Of the consumer: the records up to an offset have had their effect, and the key is free.</summary>
    Released = 3,

    /// <summary>Of the consumer: a record still cannot be used, and the key stays parked.</summary>
    Kept = 4,
}

/// <summary>A record of the topic of dead letters.</summary>
/// <param name="At">Its offset there.</param>
/// <param name="Key">The key as text; see <see cref="KeyText"/>.</param>
/// <param name="KeyBytes">The key as the topic has it.</param>
public abstract record DeadLetter(long At, string Key, byte[] KeyBytes, DateTimeOffset Time);

/// <summary>A record of the facts' topic that was put here.</summary>
/// <param name="Offset">Where it stood in its partition.</param>
/// <param name="Code">What is wrong with it, or that it stands behind one that is.</param>
/// <param name="Position">Position in the ledger as the record says it, "shard:index"; empty: none is readable.</param>
/// <param name="Bytes">Length of the value; -1: it has none.</param>
public sealed record ParkedRecord(
    long At, string Key, byte[] KeyBytes, DateTimeOffset Time, long Offset, string Code, string Position, int Bytes)
    : DeadLetter(At, Key, KeyBytes, Time);

/// <summary>Says what is to become, or has become, of a key's records.</summary>
/// <param name="Through">Offset on this topic up to which the key's records are settled; -1: none.</param>
public sealed record ControlRecord(
    long At, string Key, byte[] KeyBytes, DateTimeOffset Time, ControlKind Kind, long Through, string Reason)
    : DeadLetter(At, Key, KeyBytes, Time);
