namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>Why an element of the message has no place in the note.</summary>
internal static class UnmappedReasons
{
    public static string For(string element) => element switch
    {
        "HandlingInstructions" =>
            "Handling instructions of one line: the note has instructions for the whole consignment only.",
        "DestinationTradeCountry" => "Country of a line's destination: the note has the consignee's country only.",
        "RelatedSpecifiedObservation" =>
            "An observation at an event. It is not made a reservation (CMR art. 8), which would say more than it does.",
        "GrossVolumeMeasure" => "Volume of the whole consignment: the note has it for each line.",
        "SealedIndicator" => "It says that there are seals, but the message names none.",
        _ => "The note has no field for it, or this reader does not know it.",
    };
}
