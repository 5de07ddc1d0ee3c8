using System.Buffers.Binary;

namespace EcmrGateway.Ledger.Append;

/// <summary>Key of a subject's facts from one kind of entry, as the index orders them.</summary>
internal readonly record struct SubjectKey(SubjectKind Kind, UInt128 Subject, EntryKind Entries)
    : IComparable<SubjectKey>
{
    public const int Length = 18;

    public static SubjectKey Of(in SubjectRead read) => new(read.Kind, read.Subject.Value, read.Entries);

    /// <summary>Event time from which on a read has facts, ms since 1970.</summary>
    public static long SinceMilliseconds(in SubjectRead read) =>
        read.Since?.ToUnixTimeMilliseconds() ?? long.MinValue;

    public void WriteTo(Span<byte> destination)
    {
        destination[0] = (byte)Kind;
        BinaryPrimitives.WriteUInt128BigEndian(destination[1..], Subject);
        destination[17] = (byte)Entries;
    }

    /// <remarks>The numbers are compared, as comparing the enumerations themselves makes two objects.</remarks>
    public int CompareTo(SubjectKey other)
    {
        var order = ((byte)Kind).CompareTo((byte)other.Kind);
        order = order != 0 ? order : Subject.CompareTo(other.Subject);
        return order != 0 ? order : ((byte)Entries).CompareTo((byte)other.Entries);
    }
}
