using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using EcmrGateway.Notes.Canonical;
using EcmrGateway.Notes.Note;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Canonical;

/// <summary>Bytes that are on disk in every ledger: if one of these fails, recorded hashes no longer hold.</summary>
public sealed class CanonicalNoteTests
{
    private static readonly string Golden =
        """
        {"carriers":[{"party":{"name":"De Vries \"Transport\""}}],"cmrClause":true,
        "dangerousGoodsIndicator":false,"issue":{"date":{"day":24,"month":11,"year":2026},"place":"Köln"},
        "items":[{"dangerousGoods":[{"packingGroup":"PACKING_GROUP_II","unNumber":"0004"}],
        "grossMass":{"unit":"KGM","value":"607.5"},"lineNo":1}],
        "noteId":"01926d3a-5b1c-7c4e-9d2f-0123456789ab","profiles":["NOTE_PROFILE_CMR"],
        "takingOver":{"plannedTime":{"time":"2026-11-24T14:00:00Z","utcOffsetMinutes":60}}}
        """.ReplaceLineEndings("");

    private static readonly ConsignmentNote Small = new()
    {
        NoteId = Valid.NoteId,
        Profiles = [NoteProfile.Cmr],
        CmrClause = true,
        DangerousGoodsIndicator = false,
        Issue = new() { Date = new(2026, 11, 24), Place = "Köln" },
        Carriers = [new() { Party = new() { Name = "De Vries \"Transport\"" } }],
        TakingOver = new() { PlannedTime = new(Now.AddHours(2), 60) },
        Items =
        [
            new()
            {
                LineNo = 1,
                GrossMass = new(607.50m, "KGM"),
                DangerousGoods = [new() { UnNumber = UnNumber.Parse("0004"), PackingGroup = PackingGroup.II }],
            },
        ],
    };

    [Fact]
    public void A_small_note_has_these_bytes() =>
        Assert.Equal(Golden, Encoding.UTF8.GetString(CanonicalNote.Write(Small)));

    [Fact]
    public void The_hash_is_that_of_the_bytes_however_they_are_written()
    {
        var buffer = new ArrayBufferWriter<byte>();
        CanonicalNote.Write(Small, buffer);

        Assert.Equal(CanonicalNote.Write(Small), buffer.WrittenSpan.ToArray());
        Assert.Equal(SHA256.HashData(buffer.WrittenSpan), CanonicalNote.Sha256(Small));
    }

    [Fact]
    public void A_note_larger_than_the_first_buffer_is_written_whole()
    {
        var text = new string('\u0001', 2000);
        var note = Small with
        {
            Items = [.. Enumerable.Repeat(new ConsignmentItem { Description = text }, 200)],
        };

        var json = Encoding.UTF8.GetString(CanonicalNote.Write(note));
        Assert.Equal(200 * 2000, json.Split("\\u0001").Length - 1);
    }
}
