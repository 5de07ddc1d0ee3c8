using CsCheck;
using Ecmr.Note.V1;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Notes.Adr;
using EcmrGateway.Notes.Canonical;
using EcmrGateway.Notes.Rules;
using Google.Protobuf.Reflection;
using Xunit;

namespace EcmrGateway.UnitTests.Ingress.Read;

/// <summary>Whatever stands in a note, reading and checking answer with findings and never with an exception.</summary>
public sealed class HostileNoteTests
{
    private static readonly NoteLeaf[] TextLeaves =
        [.. FullNote.Leaves().Where(leaf => leaf.Field.FieldType == FieldType.String && !leaf.Field.IsRepeated)];

    private static readonly NoteLeaf[] NumberLeaves =
        [.. FullNote.Leaves().Where(leaf => leaf.Field.FieldType is FieldType.Int32 or FieldType.SInt32)];

    private static readonly NoteRuleContext Context = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["0123456789-+.eE, "], 0, 24],
        Gen.String[Gen.Char["ABCNLDEabc0129-. {}[]\"\\\u0000\ud83d\ude9a"], 0, 40],
        Gen.Int[0, 3000].Select(length => new string('Z', length)));

    [Fact]
    public void Any_text_in_any_field_is_answered() =>
        Gen.Select(Gen.Int[0, TextLeaves.Length - 1], Text).Array[1, 40].Sample(
            changes =>
            {
                var note = FullNote.Build();
                foreach (var (leaf, text) in changes)
                {
                    TextLeaves[leaf].Field.Accessor.SetValue(TextLeaves[leaf].Owner(note), text);
                }

                ReadAndCheck(note);
            },
            iter: 3000,
            seed: "0000KeqvGJq5");

    [Fact]
    public void Any_number_in_any_field_is_answered() =>
        Gen.Select(Gen.Int[0, NumberLeaves.Length - 1], Gen.Int).Array[1, 20].Sample(
            changes =>
            {
                var note = FullNote.Build();
                foreach (var (leaf, number) in changes)
                {
                    NumberLeaves[leaf].Field.Accessor.SetValue(NumberLeaves[leaf].Owner(note), number);
                }

                ReadAndCheck(note);
            },
            iter: 1000,
            seed: "0000KeqvGJq5");

    [Fact]
    public void A_note_with_nothing_in_it_is_answered() => ReadAndCheck(new ConsignmentNote());

    private static void ReadAndCheck(ConsignmentNote note)
    {
        var read = NoteReader.Read(note);
        var findings = NoteRules.Check(read.Note!, Context, read.Findings);
        _ = DangerousGoodsConsistency.Assess(read.Note!);
        _ = CanonicalNote.Sha256(read.Note!);

        Assert.All(read.Findings.Take(NoteRules.FindingsMax), finding => Assert.Contains(finding, findings));
    }
}
