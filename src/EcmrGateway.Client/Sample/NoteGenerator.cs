using System.Buffers.Binary;
using System.Security.Cryptography;
using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <summary>
/// Sandbox notes for integrators: realistic, about 2 KB with three lines of goods, with known risky patterns and some
/// that must be refused. The same options give the same notes, byte for byte, in any order and from any thread.
/// </summary>
/// <remarks>All parties, plates and numbers are invented. About 30,000 notes a second and thread.</remarks>
public sealed class NoteGenerator
{
    private readonly SampleOptions _options;
    private readonly SampleWorld _world;
    private readonly NoteComposer _composer;
    private readonly ulong _idBase;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public NoteGenerator(SampleOptions options)
    {
        options.Validate();
        _options = options with { Around = CutToMinute(options.Around) };
        _world = new SampleWorld(_options);
        _composer = new NoteComposer(_options, _world);
        _idBase = IdBase(_options);
    }

    /// <summary>Number of notes in the set.</summary>
    public int Count => _options.Count;

    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public SampleNote Create(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);

        var random = SampleRandom.For(_options.Seed, SampleStream.Note, index);
        var patterns = SampleRandom.For(_options.Seed, SampleStream.Pattern, index);
        var (note, pattern) = _composer.Compose(index, ref random, ref patterns);
        note.NoteId = NoteId(index);
        var flaw = patterns.Chance(_options.WrongPercent) ? NoteFlaws.Put(note, ref patterns) : SampleFlaw.None;
        return new(index, note, pattern, flaw);
    }

    /// <summary>All notes in order.</summary>
    public IEnumerable<SampleNote> All()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return Create(i);
        }
    }

    /// <summary>The notes alone, in order.</summary>
    public IEnumerable<ConsignmentNote> Notes() => All().Select(sample => sample.Note);

    private string NoteId(int index)
    {
        var random = SampleRandom.For(_idBase, SampleStream.NoteId, index);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(id, random.Next());
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], random.Next());
        return NoteUuid.From(id);
    }

    // Every option is in it: the same id never stands for two contents.
    private static ulong IdBase(SampleOptions options)
    {
        Span<byte> text = stackalloc byte[44];
        "ecmr"u8.CopyTo(text);
        BinaryPrimitives.WriteUInt64LittleEndian(text[4..], options.Seed);
        BinaryPrimitives.WriteInt64LittleEndian(text[12..], options.Count);
        BinaryPrimitives.WriteInt64LittleEndian(text[20..], options.Around.UtcTicks);
        BinaryPrimitives.WriteDoubleLittleEndian(text[28..], options.WrongPercent);
        BinaryPrimitives.WriteDoubleLittleEndian(text[36..], options.RiskScale);
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(text));
    }

    private static DateTimeOffset CutToMinute(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
