using EcmrGateway.Client.Errors;
using Grpc.Core;

namespace EcmrGateway.Cli;

/// <summary>What the program tells the shell. The numbers are part of its contract.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Something was refused, or a receipt did not verify.</summary>
    public const int Refused = 1;

    /// <summary>The command line or a file on it is not usable.</summary>
    public const int Usage = 2;

    /// <summary>The gateway cannot be reached, does not answer in time, or asks to come back later.</summary>
    public const int Unavailable = 3;

    /// <summary>The credential is missing, not valid, or does not allow it.</summary>
    public const int NotPermitted = 4;

    /// <summary>Stopped by Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;

    public static int Of(GatewayError error) => error.Code switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted => Unavailable,
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => NotPermitted,
        _ => Refused,
    };
}
