using System.Text.Json.Serialization;
using EcmrGateway.Cli.Commands;
using EcmrGateway.Client.Verify;

namespace EcmrGateway.Cli;

/// <summary>JSON of results that are no message of protos/.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SubmitTally))]
[JsonSerializable(typeof(BenchResult))]
[JsonSerializable(typeof(VerifiedReceipt))]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class CliJson : JsonSerializerContext;
