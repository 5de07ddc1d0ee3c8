namespace EcmrGateway.Risk.Settings;

/// <summary>A step of a scale: a value above <paramref name="Above"/> gives these points.</summary>
public readonly record struct ScaleStep(long Above, int Points);

/// <summary>Scales of rising steps.</summary>
public static class Steps
{
    /// <returns>Points of the highest step the value is above; 0: above none.</returns>
    public static int PointsOf(IReadOnlyList<ScaleStep> steps, long value)
    {
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            if (value > steps[i].Above)
            {
                return steps[i].Points;
            }
        }

        return 0;
    }

    internal static bool AreRising(IReadOnlyList<ScaleStep> steps, int pointsMax)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var (above, points) = steps[i];
            if (points < 1 || points > pointsMax)
            {
                return false;
            }

            if (i > 0 && (above <= steps[i - 1].Above || points <= steps[i - 1].Points))
            {
                return false;
            }
        }

        return steps.Count > 0;
    }
}
