using System.Text.RegularExpressions;
using Ecmr.Note.V1;

namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>Vehicle, trailers, containers and seals of the message.</summary>
/// <remarks>
/// The message has the means of transport (the lorry) and pieces of equipment (trailer, container). Senders leave the
/// means empty and put the lorry's plate into the first piece of equipment. So a piece that is no container and has no
/// category is read as the vehicle where there is none yet, as a trailer else, and the doubt is told.
/// </remarks>
internal static partial class VehicleReader
{
    public static void Read(XmlTree consignment, ConsignmentNote note, ReadingLog log)
    {
        var leg = new Leg();
        var movement = consignment.Child("MainCarriageLogisticsTransportMovement");
        if (movement is not null)
        {
            leg.Mode = movement.Take("ModeCode");
            if (movement.Child("UsedLogisticsTransportMeans") is { } means && means.Take("ID") is { Length: > 0 } plate)
            {
                leg.Vehicle = new Vehicle { Plate = plate, Country = means.Take("RegistrationTradeCountry", "ID") };
            }
        }

        foreach (var element in consignment.All("UtilizedLogisticsTransportEquipment"))
        {
            ReadEquipment(element, leg, note, log);
        }

        if (leg.Vehicle is not null || leg.Trailers.Count > 0)
        {
            note.Legs.Add(leg);
        }

        if (leg.Vehicle is { Country.Length: 0 } && movement is not null)
        {
            log.Add(RemarkKind.Doubt, movement.Path, "The vehicle's country of registration is not stated.");
        }
    }

    private static void ReadEquipment(XmlTree element, Leg leg, ConsignmentNote note, ReadingLog log)
    {
        ReadSeals(element, note);
        var id = element.Take("ID");
        var category = element.Take("CategoryCode");
        if (id.Length == 0)
        {
            return;
        }

        if (Container().IsMatch(id) || category is "CN" or "SW")
        {
            note.Equipment.Add(new TransportEquipment
            {
                Id = id,
                CategoryCode = category.Length > 0 ? category : "CN",
                Sequence = note.Equipment.Count + 1,
                SizeType = element.Take("CharacteristicCode"),
            });
        }
        else if (leg.Vehicle is null && category.Length == 0)
        {
            leg.Vehicle = new Vehicle { Plate = id };
            log.Add(RemarkKind.Doubt, element.Path + "/ID",
                "Equipment without a category, and no means of transport: read as the vehicle's registration.");
        }
        else
        {
            AddTrailer(element, id, category, leg, log);
        }
    }

    private static void AddTrailer(XmlTree element, string id, string category, Leg leg, ReadingLog log)
    {
        leg.Trailers.Add(new Trailer
        {
            Plate = id,
            CategoryCode = category,
            Country = element.Take("RegistrationTradeCountry", "ID"),
            Sequence = leg.Trailers.Count + 1,
        });
        if (category is not ("TE" or "SM"))
        {
            log.Add(RemarkKind.Doubt, element.Path + "/ID",
                "Equipment that is not said to be a container: read as a trailer.");
        }
    }

    private static void ReadSeals(XmlTree element, ConsignmentNote note)
    {
        foreach (var seal in element.All("AffixedLogisticsSeal"))
        {
            note.Seals.Add(new Seal
            {
                Number = seal.Take("ID"),
                Condition = seal.Take("ConditionCode"),
                Party = seal.Take("SealingPartyRoleCode"),
            });
        }

        // "Not sealed" is what a note without seals says, and "sealed" what one with seals says.
        var indicator = element.Child("SealedIndicator")?.Child("Indicator");
        if (indicator is not null
            && (indicator.Text is "false" or "0" || element.Child("AffixedLogisticsSeal") is not null))
        {
            indicator.MarkTaken();
        }
    }

    [GeneratedRegex(@"\A[A-Z]{3}[UJZ][0-9]{7}\z")]
    private static partial Regex Container();
}
