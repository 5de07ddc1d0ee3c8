using System.Text.Json.Serialization;
using EcmrGateway.Cli.Commands;
using EcmrGateway.Cli.Commands.Dlt;
using EcmrGateway.Client.Verify;
using EcmrGateway.Doctor;

namespace EcmrGateway.Cli;

/// <summary>JSON of results that are no message of protos/.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SubmitTally))]
[JsonSerializable(typeof(BenchResult))]
[JsonSerializable(typeof(VerifiedReceipt))]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(DltKey))]
[JsonSerializable(typeof(DltDecision))]
internal sealed partial class CliJson : JsonSerializerContext;
