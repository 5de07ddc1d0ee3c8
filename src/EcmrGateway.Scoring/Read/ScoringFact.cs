using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;

namespace EcmrGateway.Scoring.Read;

/// <summary>A fact in the types of the model.</summary>
internal abstract record ScoringFact
{
    private ScoringFact()
    {
    }

    /// <summary>A consignment note was recorded.</summary>
    public sealed record OfNote(NoteFact Note, IReadOnlyList<Movement> Movements) : ScoringFact;

    /// <summary>An inspection was reported.</summary>
    public sealed record OfCheck(CheckFact Check) : ScoringFact;
}
