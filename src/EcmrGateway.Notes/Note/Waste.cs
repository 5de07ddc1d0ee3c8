namespace EcmrGateway.Notes.Note;

/// <summary>Waste in a line of goods, Regulation (EU) 2024/1157 and national law.</summary>
public sealed record Waste
{
    /// <summary>Which regime the shipment is under.</summary>
    public WasteKind Kind { get; init; }

    /// <summary>List of Waste code, 6 digits and * when hazardous, as "160601*".</summary>
    public string LowCode { get; init; } = "";

    /// <summary>Basel code, as "A1010".</summary>
    public string BaselCode { get; init; } = "";

    /// <summary>OECD code, as "AC250".</summary>
    public string OecdCode { get; init; } = "";

    /// <summary>Entry of an annex of Regulation (EU) 2024/1157, where neither of the two applies.</summary>
    public string AnnexEntry { get; init; } = "";

    /// <summary>Recovery or disposal operation, R1 to R13 or D1 to D15.</summary>
    public string OperationCode { get; init; } = "";

    /// <summary>Number of the Annex VII document.</summary>
    public string Annex7Number { get; init; } = "";

    /// <summary>Number of the notification.</summary>
    public string NotificationNumber { get; init; } = "";

    /// <summary>Number of the movement document.</summary>
    public string MovementDocumentNumber { get; init; } = "";

    /// <summary>Where the record is found in DIWASS; at most 512 characters.</summary>
    public string DiwassRef { get; init; } = "";

    /// <summary>Person who arranges the shipment.</summary>
    public Party? Arranger { get; init; }

    /// <summary>Producer of the waste.</summary>
    public Party? Producer { get; init; }

    /// <summary>Facility that receives it.</summary>
    public Party? Facility { get; init; }

    /// <summary>Quantity actually shipped. eFTI1745.</summary>
    public Measure? ActualQuantity { get; init; }

    /// <summary>First day of the shipment.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Dutch waste stream number, 5 digits and 7 of A-Z 0-9.</summary>
    public string Afvalstroomnummer { get; init; } = "";

    /// <summary>Carrier's authentication on taking over, Regulation (EU) 2025/1290 art. 14(2).</summary>
    public CarrierAuthentication? CarrierAuthentication { get; init; }

    /// <summary>Conditions of consent; at most 2000 characters.</summary>
    public string ConsentConditions { get; init; } = "";
}

/// <summary>Who took the waste over, Regulation (EU) 2025/1290 art. 14(2).</summary>
public sealed record CarrierAuthentication
{
    /// <summary>When, to the second and with the zone.</summary>
    public Moment? Time { get; init; }

    /// <summary>Name and surname. Personal data.</summary>
    public string Name { get; init; } = "";

    /// <summary>Function; at most 70 characters.</summary>
    public string Function { get; init; } = "";
}
