namespace EcmrGateway.Notes.Note;

/// <summary>A transport of live animals, Regulation (EC) No 1/2005 art. 4(1).</summary>
public sealed record Animals
{
    /// <summary>Species; at most 70 characters.</summary>
    public string Species { get; init; } = "";

    /// <summary>Number of animals.</summary>
    public int Count { get; init; }

    /// <summary>Origin and ownership; at most 256 characters.</summary>
    public string Ownership { get; init; } = "";

    /// <summary>Date and time of departure.</summary>
    public Moment? DepartureTime { get; init; }

    /// <summary>Expected duration of the journey, minutes.</summary>
    public int ExpectedDurationMinutes { get; init; }

    /// <summary>Authorisation of the transporter; at most 35 characters.</summary>
    public string TransporterAuthorisation { get; init; } = "";

    /// <summary>Number of the journey log; at most 35 characters.</summary>
    public string JourneyLogNo { get; init; } = "";
}
