namespace EcmrGateway.Client;

/// <summary>Growing pauses between attempts, up to a limit.</summary>
internal static class RetryPause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    /// <param name="attempt">From 1.</param>
    /// <param name="asked">What the gateway asked for; it counts where it is longer.</param>
    public static TimeSpan Length(int attempt, TimeSpan? asked, TimeSpan longest)
    {
        var own = First * Math.Pow(2, Math.Min(attempt - 1, 16));
        var pause = asked is { } delay && delay > own ? delay : own;
        return pause < longest ? pause : longest;
    }

    public static Task WaitAsync(
        GatewayClientOptions options, int attempt, TimeSpan? asked, CancellationToken cancellation) =>
        Task.Delay(Length(attempt, asked, options.RetryDelayMax), options.Time, cancellation);
}
