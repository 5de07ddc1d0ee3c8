using System.Buffers.Binary;
using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The index entries of one batch as one blob: what is read again when the process starts.</summary>
internal sealed class IndexLog : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    public IndexLog() => _writer = new(_stream);

    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Write(List<IndexEntry> entries)
    {
        _stream.SetLength(0);
        Span<byte> subject = stackalloc byte[16];
        foreach (var entry in entries)
        {
            _writer.Write7BitEncodedInt64(entry.Party);
            _writer.Write((byte)entry.Kind);
            _writer.Write(entry.Id);
            _writer.Write(entry.RequestId);
            _writer.Write((byte)entry.Subjects.Length);
            foreach (var (kind, value, milliseconds) in entry.Subjects)
            {
                BinaryPrimitives.WriteUInt128BigEndian(subject, value);
                _writer.Write((byte)kind);
                _writer.Write(subject);
                _writer.Write(milliseconds);
            }
        }

        _writer.Flush();
        return _stream.GetBuffer().AsSpan(0, (int)_stream.Length);
    }

    /// <param name="end">Position after the last entry of the batch.</param>
    /// <exception cref="EndOfStreamException">The blob is cut.</exception>
    public static List<IndexEntry> Read(byte[] blob, long end)
    {
        using var reader = new BinaryReader(new MemoryStream(blob));
        var entries = new List<IndexEntry>();
        Span<byte> subject = stackalloc byte[16];
        while (reader.BaseStream.Position < blob.Length)
        {
            var (party, kind) = (reader.Read7BitEncodedInt64(), (EntryKind)reader.ReadByte());
            var (id, requestId) = (reader.ReadString(), reader.ReadString());
            var subjects = new SubjectTime[reader.ReadByte()];
            for (var index = 0; index < subjects.Length; index++)
            {
                var subjectKind = (SubjectKind)reader.ReadByte();
                reader.BaseStream.ReadExactly(subject);
                subjects[index] = new(subjectKind, BinaryPrimitives.ReadUInt128BigEndian(subject), reader.ReadInt64());
            }

            entries.Add(new(Position: 0, party, kind, id, requestId, subjects));
        }

        var first = end - entries.Count;
        return [.. entries.Select((entry, index) => entry with { Position = first + index })];
    }

    public void Dispose() => _writer.Dispose();
}
