using Ecmr.Note.V1;

namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>The consignment of the message: parties, places, events, goods, charges, vehicle.</summary>
internal sealed class ConsignmentReader(ReadingLog log)
{
    public void Read(XmlTree consignment, ConsignmentNote note)
    {
        // 1. Who.
        note.Consignor = PartyReader.Party(consignment.Child("ConsignorTradeParty"), log);
        note.Consignee = PartyReader.Party(consignment.Child("ConsigneeTradeParty"), log);
        note.Forwarder = PartyReader.Party(consignment.Child("FreightForwarderTradeParty"), log);
        note.NotifyParties.AddRange(consignment.All("NotifiedTradeParty")
            .Select(party => PartyReader.Party(party, log)));
        ReadCarriers(consignment, note);

        // 2. Where and when.
        ReadTakingOver(consignment, note);
        ReadDelivery(consignment, note);

        // 3. The goods.
        foreach (var item in consignment.All("IncludedSupplyChainConsignmentItem"))
        {
            note.Items.Add(ItemReader.Read(item, log));
        }

        note.TotalGrossMass = Values.Measure(consignment.Child("GrossWeightMeasure"), "KGM", log);
        var stated = consignment.Child("ConsignmentItemQuantity");
        if (stated is not null && Values.Count(stated, log) != note.Items.Count)
        {
            log.Add(RemarkKind.Doubt, stated.Path,
                $"The message states {stated.Text} lines and has {note.Items.Count}.");
        }

        // 4. Papers and money.
        foreach (var document in consignment.All("AssociatedReferencedDocument"))
        {
            note.Documents.Add(
                new AttachedDocument { Number = document.Take("ID"), TypeCode = document.Take("TypeCode") });
        }

        ReadMoney(consignment, note);

        // 5. The vehicle.
        VehicleReader.Read(consignment, note, log);
    }

    private void ReadCarriers(XmlTree consignment, ConsignmentNote note)
    {
        foreach (var element in consignment.All("CarrierTradeParty")
            .Concat(consignment.All("ConnectingCarrierTradeParty")))
        {
            note.Carriers.Add(
                new Carrier { Party = PartyReader.Party(element, log), Sequence = note.Carriers.Count });
        }
    }

    private void ReadTakingOver(XmlTree consignment, ConsignmentNote note)
    {
        var place = PartyReader.Place(consignment.Child("CarrierAcceptanceLogisticsLocation"), log);
        var pickUp = consignment.Child("PickUpTransportEvent");
        var planned = Values.Time(pickUp?.Child("ScheduledOccurrenceDateTime"), log);
        var actual = Values.Time(pickUp?.Child("ActualOccurrenceDateTime"), log);
        if (place is not null || planned is not null || actual is not null)
        {
            note.TakingOver = new TakingOver { Place = place, PlannedTime = planned, ActualTime = actual };
        }
    }

    private void ReadDelivery(XmlTree consignment, ConsignmentNote note)
    {
        var place = PartyReader.Place(consignment.Child("ConsigneeReceiptLogisticsLocation"), log);
        var delivery = consignment.Child("DeliveryTransportEvent");
        var planned = Values.Time(delivery?.Child("ScheduledOccurrenceDateTime"), log);
        var actual = Values.Time(delivery?.Child("ActualOccurrenceDateTime"), log);
        if (place is not null || planned is not null || actual is not null)
        {
            note.Delivery = new Delivery { Place = place, PlannedTime = planned, ActualTime = actual };
        }
    }

    private void ReadMoney(XmlTree consignment, ConsignmentNote note)
    {
        note.DeclaredValue = Amount(consignment.Child("DeclaredValueForCarriageAmount"));
        note.CashOnDelivery = Amount(consignment.Child("CODAmount"));
        foreach (var element in consignment.All("ApplicableLogisticsServiceCharge"))
        {
            var charge = new Charge
            {
                TypeCode = element.Take("ID"),
                Amount = Amount(element.Child("AppliedAmount") ?? element.Child("ActualAmount")),
                Payer = element.Take("PayingPartyRoleCode") switch
                {
                    "CZ" => Payer.Consignor,
                    "CN" => Payer.Consignee,
                    _ => Payer.Unspecified,
                },
            };
            note.Charges.Add(charge);
            if (charge is { Payer: Payer.Unspecified, Amount: not null })
            {
                log.Add(RemarkKind.Doubt, element.Path, "The charge has no payer that the note knows (CZ or CN).");
            }
        }
    }

    private static Money? Amount(XmlTree? element)
    {
        if (element is null || element.Text.Length == 0)
        {
            return null;
        }

        element.MarkTaken();
        return new Money { Amount = element.Text, Currency = element.TakeAttribute("currencyID") };
    }
}
