namespace EcmrGateway.Faults.Engines;

/// <summary>Waits for what has to happen by itself.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <exception cref="TimeoutException">It did not within a minute; the message is <paramref name="otherwise"/>.
    /// </exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException(otherwise());
            }

            await Task.Delay(Poll, TimeProvider.System);
        }
    }

    public static Task UntilAsync(Func<bool> isSo, Func<string> otherwise) =>
        UntilAsync(() => Task.FromResult(isSo()), otherwise);

    /// <summary>Waits until one more note is held.</summary>
    public static Task ForReceiptAsync(Load load)
    {
        var before = load.Held.Count;
        return UntilAsync(() => load.Held.Count > before, () => $"No receipt came. {load.LastFailure}");
    }
}
