using EcmrGateway.Risk.Facts;

namespace EcmrGateway.HotStore.Rankings;

/// <summary>Score of a vehicle in the sorted set of a ranking: its points, and the head of its member.</summary>
/// <remarks>
/// Many vehicles have the same points, and a server that meets equal scores compares members to find a place among
/// them, each of which is somewhere else in its memory: a fifth of its time when a store is filled. With the head of
/// the member in the score hardly two are equal, and the order is what it was.
/// </remarks>
internal static class RankingScore
{
    /// <summary>With the points well within the 53 bits that a score is exact in.</summary>
    private const int HeadBits = 20;

    public static long Of(int points, SubjectId vehicle) =>
        ((long)points << HeadBits) + (long)(HotKeys.MemberValue(vehicle) >> (128 - HeadBits));

    public static int PointsOf(double score) => (int)((long)score >> HeadBits);
}
