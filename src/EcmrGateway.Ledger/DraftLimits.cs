using System.Text;

namespace EcmrGateway.Ledger;

/// <summary>
/// The limits of a draft. One beyond them is a fault of the program: input is checked before it comes here.
/// </summary>
internal static class DraftLimits
{
    public const int PartyLengthMax = 128;
    public const int IdLengthMax = 64;
    public const int RequestIdLengthMax = 128;
    public const int TraceParentLengthMax = 64;
    public const int SubjectsMax = 64;
    public const int FactBytesMax = 256 * 1024;
    private const int Sha256Bytes = 32;

    /// <exception cref="ArgumentException">The draft is beyond a limit.</exception>
    public static void Check(EntryDraft draft, int payloadBytesMax)
    {
        ArgumentNullException.ThrowIfNull(draft);
        CheckText(draft.Party, PartyLengthMax, 1, nameof(draft.Party));
        CheckText(draft.Id, IdLengthMax, 1, nameof(draft.Id));
        CheckText(draft.RequestId, RequestIdLengthMax, 0, nameof(draft.RequestId));
        CheckText(draft.TraceParent, TraceParentLengthMax, 0, nameof(draft.TraceParent));
        Require(draft.Kind is EntryKind.Note or EntryKind.Outcome or EntryKind.Access, nameof(draft.Kind));
        Require(draft.Version >= 1, nameof(draft.Version));
        Require(draft.ContentSha256.Length == Sha256Bytes, nameof(draft.ContentSha256));
        Require(draft.Payload.Length <= payloadBytesMax, nameof(draft.Payload));
        Require(draft.Fact.Length <= FactBytesMax, nameof(draft.Fact));
        Require(draft.Subjects.Count <= SubjectsMax, nameof(draft.Subjects));
        Require(draft.Subjects.Count == 0 || !draft.Fact.IsEmpty, nameof(draft.Fact));
    }

    /// <remarks>Half of a surrogate pair has no UTF-8 form, so it could not be found again.</remarks>
    private static void CheckText(string text, int lengthMax, int lengthMin, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        Require(text.Length >= lengthMin && text.Length <= lengthMax, name);
        if (!Ascii.IsValid(text))
        {
            Require(text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar), name);
        }
    }

    private static void Require(bool holds, string name)
    {
        if (!holds)
        {
            throw new ArgumentException($"The draft's {name} is beyond its limit.", name);
        }
    }
}
