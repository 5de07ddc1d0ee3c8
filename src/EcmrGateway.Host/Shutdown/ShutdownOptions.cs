using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Host.Shutdown;

/// <summary>Section "Shutdown": how long a process takes to go. A supervisor waits for the sum of both.</summary>
public sealed record ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>
    /// After SIGTERM the process serves on for so long and says that it is NOT_SERVING, so that balancers send calls
    /// elsewhere before it turns any away: a little more than the time between two looks of a balancer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait after that for calls, relay and consumer to end; then connections are cut.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>Checks what the attributes say, generated.</summary>
[OptionsValidator]
internal sealed partial class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>;
