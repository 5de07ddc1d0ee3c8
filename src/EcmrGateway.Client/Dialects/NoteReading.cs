using Ecmr.Note.V1;

namespace EcmrGateway.Client.Dialects;

/// <summary>What a reader says about a document.</summary>
public enum RemarkKind
{
    /// <summary>There is no note: the document is not readable.</summary>
    Unreadable,

    /// <summary>A part of the document that the note has no place for, or that could not be taken over.</summary>
    NotMapped,

    /// <summary>A part that was taken over with a guess; the reason says which.</summary>
    Doubt,
}

/// <param name="Path">Element or field, as "SpecifiedSupplyChainConsignment/HandlingInstructions[2]".</param>
public sealed record ReadingRemark(RemarkKind Kind, string Path, string Reason);

/// <summary>A document as read.</summary>
/// <param name="Note">Null when a remark says that it is unreadable.</param>
public sealed record NoteReading(ConsignmentNote? Note, IReadOnlyList<ReadingRemark> Remarks)
{
    internal static NoteReading Unreadable(string path, string reason) =>
        new(null, [new(RemarkKind.Unreadable, path, reason)]);
}
