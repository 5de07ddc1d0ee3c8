using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.Client.Errors;

namespace EcmrGateway.Client.Submit;

/// <summary>What became of a note that was handed in.</summary>
/// <param name="Recorded">Receipt and warnings; null when it is not recorded.</param>
/// <param name="Error">Why it is not recorded; null when it is.</param>
public sealed record SubmitAnswer(ConsignmentNote Note, SubmitResponse? Recorded, GatewayError? Error);
