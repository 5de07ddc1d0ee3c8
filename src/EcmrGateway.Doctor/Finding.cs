namespace EcmrGateway.Doctor;

/// <summary>What came of a check.</summary>
public enum FindingState
{
    /// <summary>It is as it should be.</summary>
    Ok = 0,

    /// <summary>It works, and somebody should look at it.</summary>
    Warning = 1,

    /// <summary>Something does not work, or will not at the next start.</summary>
    Wrong = 2,

    /// <summary>It was not looked at; the sentence says why.</summary>
    NotChecked = 3,
}

/// <param name="Check">Name of what was looked at, the same in every version.</param>
/// <param name="Says">One plain sentence; no secret.</param>
/// <param name="Do">What to do; empty: nothing.</param>
public sealed record Finding(string Check, FindingState State, string Says, string Do = "")
{
    internal static Finding Ok(string check, string says) => new(check, FindingState.Ok, says);

    internal static Finding Warning(string check, string says, string @do) =>
        new(check, FindingState.Warning, says, @do);

    internal static Finding Wrong(string check, string says, string @do) => new(check, FindingState.Wrong, says, @do);

    internal static Finding NotChecked(string check, string why) => new(check, FindingState.NotChecked, why);
}
