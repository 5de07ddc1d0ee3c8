using System.Buffers;
using System.IO.Pipelines;

namespace EcmrGateway.Cli.Input;

/// <summary>Lines of bytes, each up to a limit; what is longer is skipped to its end and told.</summary>
internal sealed class LineReader(Stream stream, int lineBytesMax)
{
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>Whether all of the stream was given out.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>The first byte that is no white space or byte order mark, without taking it; -1 at the end.</summary>
    public async Task<int> PeekAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            foreach (var part in read.Buffer)
            {
                foreach (var each in part.Span)
                {
                    if (each is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
                    {
                        _reader.AdvanceTo(read.Buffer.Start);
                        return each;
                    }
                }
            }

            if (read.IsCompleted || read.Buffer.Length > lineBytesMax)
            {
                _reader.AdvanceTo(read.Buffer.Start);
                return -1;
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <returns>Null at the end.</returns>
    public async Task<Line?> NextAsync(CancellationToken cancellation)
    {
        var whole = true;
        while (!AtEnd)
        {
            var read = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Take(buffer.Slice(0, end), whole);
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted)
            {
                AtEnd = true;
                var last = buffer.IsEmpty && whole ? null : Take(buffer, whole);
                _reader.AdvanceTo(buffer.End);
                return last;
            }

            if (buffer.Length > lineBytesMax)
            {
                whole = false;
                _reader.AdvanceTo(buffer.End);
            }
            else
            {
                _reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }

        return null;
    }

    /// <returns>All that is left; null: more than the limit.</returns>
    public async Task<byte[]?> RestAsync(int bytesMax, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (read.Buffer.Length > bytesMax)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                var rest = read.Buffer.ToArray();
                _reader.AdvanceTo(read.Buffer.End);
                AtEnd = true;
                return rest;
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private Line Take(ReadOnlySequence<byte> bytes, bool whole) => whole && bytes.Length <= lineBytesMax
        ? new(Trim(bytes.ToArray()), true)
        : new(ReadOnlyMemory<byte>.Empty, false);

    private static ReadOnlyMemory<byte> Trim(byte[] line)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var start = line.AsSpan().StartsWith(mark) ? mark.Length : 0;
        var text = line.AsMemory(start);
        return text.Trim(" \t\r"u8);
    }
}

/// <param name="IsWhole">False: it was longer than the limit and is left out.</param>
internal sealed record Line(ReadOnlyMemory<byte> Bytes, bool IsWhole);
