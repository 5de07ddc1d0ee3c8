using System.Globalization;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Risk.Settings;

namespace EcmrGateway.Risk.Factors;

/// <summary>Whether the note is whole and in time, and whether the consignor's notes usually are.</summary>
internal static class DocumentIntegrityFactor
{
    public const string Code = FactorCodes.DocumentIntegrity;

    private const string LegalBasis = "CMR art. 6; e-CMR Protocol";

    private const long MsPerMinute = 60_000;

    public static void Evaluate(in FactorInput input, List<Contribution> contributions)
    {
        var settings = input.Settings.Document;
        AddWarnings(input.Movement.Note, settings, contributions);
        AddLateness(input.Movement, settings, contributions);
        AddConsignor(input, settings, contributions);
    }

    /// <summary>
    /// Points for the consignor's habit. Nothing else of the consignor's history enters a score, so that only a change
    /// of these points makes the consignor's movements be scored again.
    /// </summary>
    public static int ConsignorPoints(ConsignorProfile profile, DocumentSettings settings)
    {
        var prior = (long)settings.ConsignorPriorNotes;
        var flawed = (prior * settings.ConsignorPriorPermille) + (profile.Flawed * 1000L);
        var permille = flawed / (prior + profile.Notes.Count);
        return Steps.PointsOf(settings.ConsignorSteps, permille);
    }

    private static void AddWarnings(NoteFact note, DocumentSettings settings, List<Contribution> contributions)
    {
        var points = Steps.PointsOf(settings.WarningSteps, note.WarningCodes.Count);
        if (points > 0)
        {
            var warnings = Sources.Count(note.WarningCodes.Count, "warning", "warnings");
            contributions.Add(new(
                Code, points, $"The note was recorded with {warnings}.", LegalBasis, [note.Position]));
        }
    }

    /// <summary>A later leg starts after the taking over: a note that is late for it is late for both.</summary>
    private static void AddLateness(MovementFacts movement, DocumentSettings settings, List<Contribution> contributions)
    {
        if (movement.StartMs is not { } start)
        {
            return;
        }

        var received = movement.Note.ReceivedMs - start;
        var issued = (movement.Note.IssuedMs ?? start) - start;
        var receivedPoints = Steps.PointsOf(settings.ReceivedLateSteps, BegunMinutes(received));
        var issuedPoints = Steps.PointsOf(settings.IssuedLateSteps, BegunMinutes(issued));
        if (Math.Max(receivedPoints, issuedPoints) == 0)
        {
            return;
        }

        var (what, late) = issuedPoints >= receivedPoints ? ("Made out", issued) : ("Received", received);
        var because = string.Create(
            CultureInfo.InvariantCulture, $"{what} {Span(late / MsPerMinute)} after the goods were taken over.");
        contributions.Add(new(
            Code, Math.Max(receivedPoints, issuedPoints), because, LegalBasis, [movement.Position]));
    }

    /// <summary>In the unit that people say it in.</summary>
    private static string Span(long minutes) => minutes switch
    {
        < 2 * 60 => string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes"),
        < 2 * 24 * 60 => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{minutes / (24 * 60)} days"),
    };

    /// <summary>Rounded up, so that a millisecond above a step is above it.</summary>
    private static long BegunMinutes(long ms) => ms <= 0 ? 0 : ((ms - 1) / MsPerMinute) + 1;

    private static void AddConsignor(
        in FactorInput input, DocumentSettings settings, List<Contribution> contributions)
    {
        var points = input.Consignor is null ? 0 : ConsignorPoints(input.Consignor, settings);
        if (points == 0)
        {
            return;
        }

        // Sentence and sources follow from the points alone: see ConsignorPoints.
        var above = 0L;
        foreach (var step in settings.ConsignorSteps)
        {
            above = step.Points == points ? step.Above : above;
        }

        var because = string.Create(
            CultureInfo.InvariantCulture,
            $"At least {(above + 1) / 10} % of the consignor's latest notes came late or with warnings.");
        contributions.Add(new(Code, points, because, LegalBasis, [input.Movement.Position]));
    }
}
