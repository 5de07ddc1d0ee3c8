using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Places;
using Finding = EcmrGateway.Notes.Rules.Finding;

namespace EcmrGateway.Ingress.Facts;

/// <summary>Writes what the scorer may know of a note: no names, registrations, addresses or free text.</summary>
internal sealed class FactWriter(Pseudonymiser pseudonymiser, Locodes locodes)
{
    private const decimal GramsPerKilogram = 1_000;

    private readonly MovementFacts _movements = new(pseudonymiser, locodes);

    /// <param name="warnings">Findings that did not stop the note.</param>
    public (Fact Fact, List<FactSubject> Subjects) Write(
        ConsignmentNote note, IReadOnlyList<Finding> warnings, DateTimeOffset received)
    {
        var subjects = new List<FactSubject>();
        var fact = new NoteRecorded
        {
            ReceivedMs = received.ToUnixTimeMilliseconds(),
            PackageCount = (int)Math.Min(int.MaxValue, note.Items.Sum(item => (long)item.PackageCount)),
            Waste = note.Items.Any(item => item.Waste is not null),
            DangerousGoods = DangerousGoodsFacts.Write(note),
        };
        fact.WarningCodes.AddRange(warnings.Select(finding => finding.Code).Order(StringComparer.Ordinal));
        if (GrossMassGrams(note) is { } grams)
        {
            fact.GrossMassG = grams;
        }

        if (note.Issue?.Time is { } issued)
        {
            fact.IssuedMs = issued.Time.ToUnixTimeMilliseconds();
        }

        WriteParties(note, received, fact, subjects);
        _movements.Write(note, received, fact, subjects);
        return (new Fact { Note = fact }, Distinct(subjects));
    }

    private void WriteParties(
        ConsignmentNote note, DateTimeOffset received, NoteRecorded fact, List<FactSubject> subjects)
    {
        var contracting = note.Carriers.FirstOrDefault()?.Party;
        if (PartyPseudonyms.Of(pseudonymiser, SubjectKind.Carrier, contracting) is { } carrier)
        {
            fact.Carrier = MovementFacts.Bytes(carrier);
            subjects.Add(new(SubjectKind.Carrier, carrier, received));
        }

        if (PartyPseudonyms.Of(pseudonymiser, SubjectKind.Consignor, note.Consignor) is { } consignor)
        {
            fact.Consignor = MovementFacts.Bytes(consignor);
            subjects.Add(new(SubjectKind.Consignor, consignor, received));
        }
    }

    /// <summary>The lines' gross mass together; the note's total where no line states one. Null: not stated.</summary>
    private static long? GrossMassGrams(ConsignmentNote note)
    {
        decimal kilograms = 0;
        var stated = false;
        foreach (var item in note.Items)
        {
            if (item.GrossMass?.Kilograms is { } mass)
            {
                kilograms += mass;
                stated = true;
            }
        }

        if (!stated && note.TotalGrossMass?.Kilograms is { } total)
        {
            kilograms = total;
            stated = true;
        }

        return stated ? (long)decimal.Ceiling(kilograms * GramsPerKilogram) : null;
    }

    /// <summary>A note may name a vehicle in two legs; in one history it is one fact, at its latest time.</summary>
    private static List<FactSubject> Distinct(List<FactSubject> subjects)
    {
        for (var i = subjects.Count - 1; i > 0; i--)
        {
            var twin = subjects.FindIndex(
                0, i, other => other.Kind == subjects[i].Kind && other.Subject == subjects[i].Subject);
            if (twin >= 0)
            {
                subjects[twin] = subjects[twin].EventTime >= subjects[i].EventTime ? subjects[twin] : subjects[i];
                subjects.RemoveAt(i);
            }
        }

        return subjects;
    }
}
