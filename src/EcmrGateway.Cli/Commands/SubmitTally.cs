using System.Text.Json.Serialization;
using EcmrGateway.Cli.Input;
using EcmrGateway.Client.Dialects;
using EcmrGateway.Client.Errors;
using EcmrGateway.Client.Sample;
using EcmrGateway.Client.Submit;

namespace EcmrGateway.Cli.Commands;

/// <summary>What became of the notes of one run, counted.</summary>
internal sealed class SubmitTally
{
    private const int RefusalsMax = 50;
    private const int RemarksMax = 200;

    private readonly List<Refusal> _refusals = [];
    private readonly List<SourceRemark> _remarks = [];
    private readonly SortedDictionary<string, int> _refusedBy = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _warnings = new(StringComparer.Ordinal);

    [JsonPropertyName("accepted")]
    public int Accepted { get; private set; }

    [JsonPropertyName("alreadyRecorded")]
    public int AlreadyRecorded { get; private set; }

    [JsonPropertyName("refused")]
    public int Refused { get; private set; }

    /// <summary>Documents in which the reader found no note.</summary>
    [JsonPropertyName("unreadable")]
    public int Unreadable { get; private set; }

    /// <summary>Notes of the generator that are wrong on purpose and were refused.</summary>
    [JsonPropertyName("wrongOnPurposeRefused")]
    public int WrongOnPurposeRefused { get; private set; }

    /// <summary>Notes of the generator that are wrong on purpose and were accepted.</summary>
    [JsonPropertyName("wrongOnPurposeAccepted")]
    public int WrongOnPurposeAccepted { get; private set; }

    /// <summary>Refused notes by each code that they were refused for.</summary>
    [JsonPropertyName("refusedByCode")]
    public IReadOnlyDictionary<string, int> RefusedByCode => _refusedBy;

    /// <summary>Recorded notes by each code they were warned of.</summary>
    [JsonPropertyName("warningsByCode")]
    public IReadOnlyDictionary<string, int> WarningsByCode => _warnings;

    /// <summary>The first refused notes.</summary>
    [JsonPropertyName("refusals")]
    public IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>The first remarks of the readers.</summary>
    [JsonPropertyName("remarks")]
    public IReadOnlyList<SourceRemark> Remarks => _remarks;

    [JsonPropertyName("seconds")]
    public double Seconds { get; set; }

    [JsonIgnore]
    public int Answered => Accepted + AlreadyRecorded + Refused;

    /// <summary>
    /// Refusals that were not made on purpose, unreadable documents, or accepted notes that are wrong.
    /// </summary>
    [JsonIgnore]
    public bool HasUnexpected => Refused - WrongOnPurposeRefused + Unreadable + WrongOnPurposeAccepted > 0;

    public void AddInput(NoteInput input)
    {
        Unreadable += input.Reading.Note is null ? 1 : 0;
        foreach (var remark in input.Reading.Remarks.Take(RemarksMax - _remarks.Count))
        {
            _remarks.Add(new(input.Source, remark.Kind, remark.Path, remark.Reason));
        }
    }

    /// <param name="flaw">What the generator made wrong; None for notes from files.</param>
    public void AddAnswer(SubmitAnswer answer, SampleFlaw flaw)
    {
        if (answer.Recorded is { } recorded)
        {
            Accepted += recorded.AlreadyRecorded ? 0 : 1;
            AlreadyRecorded += recorded.AlreadyRecorded ? 1 : 0;
            WrongOnPurposeAccepted += flaw == SampleFlaw.None ? 0 : 1;
            Count(_warnings, recorded.Warnings.Select(warning => warning.Code));
            return;
        }

        Refused++;
        WrongOnPurposeRefused += flaw == SampleFlaw.None ? 0 : 1;
        var error = answer.Error!;
        Count(_refusedBy, error.Problems.Count > 0 ? error.Problems.Select(Code) : [Reason(error)]);
        if (_refusals.Count < RefusalsMax && flaw == SampleFlaw.None)
        {
            _refusals.Add(new(answer.Note.NoteId, Reason(error), error.Message, error.Problems));
        }

        string Code(FieldProblem problem) => problem.Code.Length > 0 ? problem.Code : Reason(error);
    }

    private static string Reason(GatewayError error) => error.Reason.Length > 0 ? error.Reason : error.Code.ToString();

    private static void Count(SortedDictionary<string, int> into, IEnumerable<string> codes)
    {
        foreach (var code in codes.Distinct())
        {
            into[code] = into.GetValueOrDefault(code) + 1;
        }
    }
}

/// <summary>A note that was refused.</summary>
internal sealed record Refusal(
    [property: JsonPropertyName("noteId")] string NoteId,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("problems")] IReadOnlyList<FieldProblem> Problems);

/// <summary>A remark of a reader on a document.</summary>
internal sealed record SourceRemark(
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("kind")] RemarkKind Kind,
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("reason")] string Reason);
