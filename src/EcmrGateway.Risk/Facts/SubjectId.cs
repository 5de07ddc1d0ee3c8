namespace EcmrGateway.Risk.Facts;

/// <summary>Pseudonym of a subject, as the facts carry it.</summary>
public readonly record struct SubjectId(UInt128 Value) : IComparable<SubjectId>
{
    public int CompareTo(SubjectId other) => Value.CompareTo(other.Value);

    /// <summary>Pseudonyms are as good as random: any part of one tells it from others.</summary>
    public override int GetHashCode() => unchecked((int)(ulong)Value);
}

/// <summary>Whose history is kept. Never a driver.</summary>
public enum SubjectKind
{
    Carrier = 1,
    Vehicle = 2,
    Consignor = 4,
}

/// <summary>A subject with a history.</summary>
public readonly record struct Subject(SubjectKind Kind, SubjectId Id);
