using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Ecmr.Note.V1;
using EcmrGateway.Client.Json;

namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>Reads the UN/CEFACT eCMR message (D16B) into a note and reports all that it could not take over.</summary>
/// <remarks>
/// Nothing is assumed that the message does not say: a message without packages or without the clause of art. 6(1)(k)
/// becomes a note without them, and the gateway's rules say what is missing.
/// </remarks>
public static partial class UncefactEcmr
{
    private const string Space = "urn:un:unece:uncefact:data:standard:eCMR:";

    private static readonly XmlLimits Limits =
        new(CharactersMax: 5 * 1024 * 1024, DepthMax: 32, ElementsMax: 100_000, TextMax: 16_384);

    /// <summary>Reads one document.</summary>
    public static NoteReading Read(Stream xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        XmlTree root;
        try
        {
            root = XmlTree.Read(xml, Limits);
        }
        catch (XmlException exception)
        {
            return NoteReading.Unreadable("/", exception.Message);
        }

        if (root.Name != "eCMR" || !root.Space.StartsWith(Space, StringComparison.Ordinal))
        {
            return NoteReading.Unreadable("/" + root.Name, $"This is not an eCMR message of the name space {Space}1.");
        }

        root.CompletePaths();
        var reading = new ReadingLog();
        var note = Map(root, reading);
        foreach (var (element, path) in root.Children.SelectMany(child => child.Leftovers()))
        {
            reading.Add(RemarkKind.NotMapped, path, UnmappedReasons.For(element.Name));
        }

        return new(note, reading.Remarks);
    }

    private static ConsignmentNote Map(XmlTree root, ReadingLog log)
    {
        var note = new ConsignmentNote();
        var documentId = "";
        if (root.Child("ExchangedDocument") is { } document)
        {
            documentId = document.Take("ID");
            note.NoteNumber = documentId;
            if (documentId.Length > 0 && !NoteNumber().IsMatch(documentId))
            {
                log.Add(RemarkKind.Doubt, document.Path + "/ID",
                    "It is not 1 to 35 of A-Z 0-9 . / - as a note's number is.");
            }

            note.DocumentTypeCode = document.Take("TypeCode");
            note.Issue = ReadIssue(document, log);
        }

        if (root.Child("SpecifiedSupplyChainConsignment") is { } consignment)
        {
            new ConsignmentReader(log).Read(consignment, note);
        }

        note.NoteId = NoteId(documentId, note);
        return note;
    }

    private static Issue? ReadIssue(XmlTree document, ReadingLog log)
    {
        var place = document.Child("IssueLogisticsLocation");
        var time = Values.Time(document.Child("IssueDateTime"), log);
        if (time is null && place is null)
        {
            return null;
        }

        return new Issue
        {
            Time = time,
            Date = time is null ? null : Values.LocalDate(time),
            Place = place?.Take("Name") ?? "",
            Country = place?.Take("CountryID") ?? "",
        };
    }

    // The message has no id of our kind: the same message must give the same one, so that it can be handed in again.
    private static string NoteId(string documentId, ConsignmentNote note)
    {
        var id = Encoding.UTF8.GetBytes(documentId);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, id.Length);
        return NoteUuid.From(
            SHA256.HashData([.. "uncefact-ecmr"u8, .. length, .. id, .. CanonicalNote.Sha256(note)]).AsSpan(0, 16));
    }

    [GeneratedRegex(@"\A[A-Z0-9./-]{1,35}\z")]
    private static partial Regex NoteNumber();
}

/// <summary>Remarks of one reading, at most 1,000.</summary>
internal sealed class ReadingLog
{
    private const int RemarksMax = 1000;

    private readonly List<ReadingRemark> _remarks = [];

    public IReadOnlyList<ReadingRemark> Remarks => _remarks;

    public void Add(RemarkKind kind, string path, string reason)
    {
        if (_remarks.Count < RemarksMax)
        {
            _remarks.Add(new(kind, path, reason));
        }
        else if (_remarks.Count == RemarksMax)
        {
            _remarks.Add(new(kind, "/", "There are more remarks than are told."));
        }
    }
}
