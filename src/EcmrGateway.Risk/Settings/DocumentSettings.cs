namespace EcmrGateway.Risk.Settings;

/// <summary>Numbers of DOCUMENT_INTEGRITY.</summary>
public sealed record DocumentSettings
{
    public int PointsMax { get; init; } = 20;

    /// <summary>By the number of warnings on the note.</summary>
    public IReadOnlyList<ScaleStep> WarningSteps { get; init; } = [new(0, 1), new(1, 2), new(2, 3), new(3, 4)];

    /// <summary>By the minutes from taking over to reception. The first is the tolerance.</summary>
    public IReadOnlyList<ScaleStep> ReceivedLateSteps { get; init; } = [new(30, 2), new(120, 3), new(1440, 4)];

    /// <summary>By the minutes from taking over to making out: worse than a late message.</summary>
    public IReadOnlyList<ScaleStep> IssuedLateSteps { get; init; } = [new(30, 3), new(120, 5), new(1440, 6)];

    /// <summary>By the consignor's smoothed share of notes that came late or with warnings, thousandths.</summary>
    /// <remarks>Coarse on purpose: each change makes all the consignor's movements be scored again.</remarks>
    public IReadOnlyList<ScaleStep> ConsignorSteps { get; init; } = [new(299, 5), new(599, 10)];

    /// <summary>Weight of the assumed share, in notes.</summary>
    public int ConsignorPriorNotes { get; init; } = 20;

    /// <summary>Share assumed of a consignor that is not known, thousandths. An assumption until measured.</summary>
    public int ConsignorPriorPermille { get; init; } = 100;

    /// <summary>How long after the taking over a note still counts as in time, milliseconds.</summary>
    public long LateAfterMs() => ReceivedLateSteps[0].Above * 60_000;

    internal void Validate(List<string> wrong)
    {
        var rising = Steps.AreRising(WarningSteps, PointsMax) && Steps.AreRising(ReceivedLateSteps, PointsMax)
            && Steps.AreRising(IssuedLateSteps, PointsMax) && Steps.AreRising(ConsignorSteps, PointsMax);
        RiskSettings.Require(rising, "The document's steps rise, and each has at least one.", wrong);
        if (rising)
        {
            var most = WarningSteps[^1].Points + ConsignorSteps[^1].Points
                + Math.Max(ReceivedLateSteps[^1].Points, IssuedLateSteps[^1].Points);
            RiskSettings.Require(most == PointsMax, $"The document's parts add up to {most}, not {PointsMax}.", wrong);
            RiskSettings.Require(
                ReceivedLateSteps[0].Above is >= 0 and <= 525_600, "The tolerance is 0 to 525,600 minutes.", wrong);
        }

        RiskSettings.Require(ConsignorPriorNotes is >= 1 and <= 10_000, "ConsignorPriorNotes is 1 to 10,000.", wrong);
        RiskSettings.Require(ConsignorPriorPermille is >= 0 and <= 1000, "A share is 0 to 1000 permille.", wrong);
        RiskSettings.Require(
            Steps.PointsOf(ConsignorSteps, ConsignorPriorPermille) == 0, "An unknown consignor has no points.", wrong);
    }
}
