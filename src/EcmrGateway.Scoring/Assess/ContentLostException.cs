namespace EcmrGateway.Scoring.Assess;

/// <summary>The hot store lost what it held, or holds something else: it is to be filled anew.</summary>
internal sealed class ContentLostException() : Exception("The hot store holds another generation, or none.");
