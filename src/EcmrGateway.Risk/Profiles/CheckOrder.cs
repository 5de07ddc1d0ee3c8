using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Profiles;

/// <summary>How profiles keep checks.</summary>
internal static class CheckOrder
{
    /// <summary>By time, then position.</summary>
    public static int Compare(CheckFact left, CheckFact right)
    {
        var byTime = EventTime.OfCheck(left.InspectedMs).CompareTo(EventTime.OfCheck(right.InspectedMs));
        return byTime != 0 ? byTime : left.Position.CompareTo(right.Position);
    }

    /// <summary>Profiles keep no other subjects than their own, so that a cold and a warm one are the same.</summary>
    public static CheckFact WithoutSubjects(CheckFact check) =>
        check.Carrier is null && check.Vehicle is null ? check : check with { Carrier = null, Vehicle = null };
}
