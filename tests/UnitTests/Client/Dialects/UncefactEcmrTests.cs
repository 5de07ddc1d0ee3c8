using System.Globalization;
using System.Text;
using Ecmr.Note.V1;
using EcmrGateway.Client.Dialects;
using EcmrGateway.Client.Dialects.Uncefact;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Dialects;

public sealed class UncefactEcmrTests
{
    private const string Ram = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:101";

    [Fact]
    public void Reads_parties_places_times_goods_and_vehicle()
    {
        var note = Read(Document()).Note!;

        Assert.Equal("NB-77/A", note.NoteNumber);
        Assert.Equal(new Date { Year = 2026, Month = 3, Day = 1 }, note.Issue.Date);
        Assert.Equal(60, note.Issue.Time.UtcOffsetMinutes);
        Assert.Equal(("Tegel & Zn", "DE"), (note.Consignor.Name, note.Consignor.Address.Country));
        Assert.Equal(("+49 1", "Dock"), (note.Consignor.Contact.Phone, note.Consignor.Contact.Person));
        Assert.Equal("Bakker", note.Consignee.Name);
        Assert.Equal("Rijder", Assert.Single(note.Carriers).Party.Name);
        Assert.Equal(("DEDUI", "Duisburg"), (note.TakingOver.Place.Locode, note.TakingOver.Place.Address.City));
        Assert.Equal("2026-03-01T08:00:00Z", Utc(note.TakingOver.PlannedTime));
        Assert.Equal("2026-03-01T14:30:00Z", Utc(note.Delivery.PlannedTime));
        var item = Assert.Single(note.Items);
        Assert.Equal(("Roof tiles", 12, "PX"), (item.Description, item.PackageCount, item.PackageType));
        Assert.Equal(new Measure { Value = "9600.5", Unit = "KGM" }, item.GrossMass);
        Assert.Equal(["T-1", "T-2"], item.Marks);
        Assert.Equal("3", Assert.Single(item.DangerousGoods).Labels[0]);
        var leg = Assert.Single(note.Legs);
        Assert.Equal(("12-BDF-3", "NL"), (leg.Vehicle.Plate, leg.Vehicle.Country));
        Assert.Equal("OH-72-JK", Assert.Single(leg.Trailers).Plate);
        Assert.Equal("CSQU3054383", Assert.Single(note.Equipment).Id);
        Assert.Equal("S1", Assert.Single(note.Seals).Number);
    }

    [Fact]
    public void Tells_nothing_of_what_it_took_over()
    {
        var remarks = Read(Document()).Remarks;

        Assert.Equal(
            ["SpecifiedSupplyChainConsignment/CarrierAcceptanceLogisticsLocation/Name"],
            remarks.Select(remark => remark.Path));
    }

    [Fact]
    public void Tells_what_it_cannot_map_by_its_path()
    {
        var remarks = Read(Document(
            item: "<HandlingInstructions><Description>HEA</Description></HandlingInstructions>" +
                "<DestinationTradeCountry><ID>JP</ID></DestinationTradeCountry>",
            consignment: "<SomethingNew colour=\"red\"/>"))
            .Remarks.Where(remark => remark.Kind == RemarkKind.NotMapped);

        Assert.Equal(
            [
                "SpecifiedSupplyChainConsignment/IncludedSupplyChainConsignmentItem/HandlingInstructions",
                "SpecifiedSupplyChainConsignment/IncludedSupplyChainConsignmentItem/DestinationTradeCountry",
                "SpecifiedSupplyChainConsignment/SomethingNew",
            ],
            remarks.Select(remark => remark.Path));
    }

    [Fact]
    public void Tells_an_attribute_that_it_did_not_take()
    {
        var xml = Document().Replace("<ID>NB-77/A</ID>", "<ID schemeID=\"X\">NB-77/A</ID>", StringComparison.Ordinal);

        Assert.Contains(Read(xml).Remarks, remark => remark.Path == "ExchangedDocument/ID/@schemeID");
    }

    [Fact]
    public void Equipment_in_the_place_of_the_vehicle_is_taken_with_a_doubt()
    {
        var xml = Document().Replace("<ID>12-BDF-3</ID>", "<ID></ID>", StringComparison.Ordinal)
            .Replace("<CategoryCode>SM</CategoryCode>", "", StringComparison.Ordinal);
        var reading = Read(xml);

        Assert.Equal("OH-72-JK", Assert.Single(reading.Note!.Legs).Vehicle.Plate);
        Assert.Contains(reading.Remarks, remark =>
            remark.Kind == RemarkKind.Doubt
            && remark.Reason.Contains("vehicle's registration", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_message_gives_the_same_note_id_and_another_one_another()
    {
        var first = Read(Document()).Note!.NoteId;
        var spaced = Read(Document().Replace("><", ">\n  <", StringComparison.Ordinal)).Note!.NoteId;
        var other = Read(Document().Replace("Roof tiles", "Floor tiles", StringComparison.Ordinal)).Note!.NoteId;

        Assert.Equal(first, spaced);
        Assert.NotEqual(first, other);
        Assert.Equal(first, Guid.ParseExact(first, "D").ToString());
    }

    [Theory]
    [InlineData("20260301", "102", "2026-03-01T00:00:00Z", false)]
    [InlineData("202603010930", "203", "2026-03-01T09:30:00Z", false)]
    [InlineData("202603010930+0100", "205", "2026-03-01T08:30:00Z", true)]
    [InlineData("202603010930-05:00", "205", "2026-03-01T14:30:00Z", true)]
    [InlineData("202603010930", "205", "2026-03-01T09:30:00Z", false)]
    public void Reads_coded_times_and_doubts_those_without_a_zone(string text, string format, string utc, bool zone)
    {
        var reading = Read(WithStart($"<DateTimeString format=\"{format}\">{text}</DateTimeString>"));

        Assert.Equal(utc, Utc(reading.Note!.TakingOver.PlannedTime));
        Assert.Equal(zone, reading.Note.TakingOver.PlannedTime.HasUtcOffsetMinutes);
        Assert.Equal(!zone, reading.Remarks.Any(remark => remark.Reason.Contains("no zone", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<DateTimeString format=\"999\">20260301</DateTimeString>")]
    [InlineData("<DateTime>next Tuesday</DateTime>")]
    public void A_time_of_unknown_form_is_told_and_left_out(string time)
    {
        var reading = Read(WithStart(time));

        Assert.Null(reading.Note!.TakingOver.PlannedTime);
        Assert.Contains(reading.Remarks, remark =>
            remark.Kind == RemarkKind.NotMapped
            && remark.Path.Contains("PickUpTransportEvent", StringComparison.Ordinal));
    }

    [Fact]
    public void The_public_sample_is_read_with_its_eight_lines()
    {
        var file = SharedSample();
        Assert.SkipWhen(file is null, "The public samples are not beside the repository.");
        using var xml = File.OpenRead(file!);

        var reading = UncefactEcmr.Read(xml);

        Assert.Equal(8, reading.Note!.Items.Count);
        Assert.Equal(
            6055, reading.Note.Items.Sum(item => int.Parse(item.GrossMass.Value, CultureInfo.InvariantCulture)));
        Assert.Equal("592MSP", Assert.Single(reading.Note.Legs).Vehicle.Plate);
        Assert.Equal(8, reading.Remarks.Count(remark =>
            remark.Path.EndsWith("DestinationTradeCountry", StringComparison.Ordinal)));
        Assert.Contains(reading.Remarks, remark =>
            remark.Path.EndsWith("RelatedSpecifiedObservation", StringComparison.Ordinal));
    }

    private static NoteReading Read(string xml) => UncefactEcmr.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    private static string Utc(Moment moment) =>
        moment.Time.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string WithStart(string time) =>
        Document().Replace("<DateTime>2026-03-01T09:00:00+01:00</DateTime>", time, StringComparison.Ordinal);

    private static string? SharedSample()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "../shared/samples/uncefact-ecmr/ecmr-d16b-8-items.xml");
            if (File.Exists(Path.Combine(folder.FullName, "EcmrGateway.sln")))
            {
                return File.Exists(file) ? file : null;
            }
        }

        return null;
    }

    /// <summary>A message of our own with one of each thing the reader knows.</summary>
    internal static string Document(string item = "", string consignment = "") =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <eCMR xmlns="urn:un:unece:uncefact:data:standard:eCMR:1">
        <ExchangedDocument xmlns="{Ram}"><ID>NB-77/A</ID>
        <IssueDateTime><DateTime>2026-03-01T00:30:00+01:00</DateTime></IssueDateTime></ExchangedDocument>
        <SpecifiedSupplyChainConsignment xmlns="{Ram}">
        <GrossWeightMeasure unitCode="KGM">9600.5</GrossWeightMeasure>
        <ConsignmentItemQuantity>1</ConsignmentItemQuantity>
        <ConsignorTradeParty><ID schemeID="EORI">DE123456789</ID><Name>Tegel &amp; Zn</Name>
        <DefinedTradeContact><PersonName>Dock</PersonName>
        <TelephoneUniversalCommunication><CompleteNumber>+49 1</CompleteNumber></TelephoneUniversalCommunication>
        </DefinedTradeContact>
        <PostalTradeAddress><StreetName>Ring</StreetName><CityName>Duisburg</CityName><CountryID>DE</CountryID>
        </PostalTradeAddress></ConsignorTradeParty>
        <ConsigneeTradeParty><Name>Bakker</Name></ConsigneeTradeParty>
        <CarrierTradeParty><Name>Rijder</Name></CarrierTradeParty>
        <CarrierAcceptanceLogisticsLocation><ID>DEDUI</ID><Name>Duisburg</Name><CountryID>DE</CountryID>
        </CarrierAcceptanceLogisticsLocation>
        <ConsigneeReceiptLogisticsLocation><PostalTradeAddress><CityName>Venlo</CityName><CountryID>NL</CountryID>
        </PostalTradeAddress></ConsigneeReceiptLogisticsLocation>
        <PickUpTransportEvent><ScheduledOccurrenceDateTime><DateTime>2026-03-01T09:00:00+01:00</DateTime>
        </ScheduledOccurrenceDateTime></PickUpTransportEvent>
        <DeliveryTransportEvent><ScheduledOccurrenceDateTime><DateTime>2026-03-01T14:30:00Z</DateTime>
        </ScheduledOccurrenceDateTime></DeliveryTransportEvent>
        <IncludedSupplyChainConsignmentItem><SequenceNumeric>1</SequenceNumeric>
        <GrossWeightMeasure unitCode="KGM">9600.5</GrossWeightMeasure>
        <NatureIdentificationTransportCargo><Identification>Roof tiles</Identification>
        </NatureIdentificationTransportCargo>
        {item}
        <ApplicableTransportDangerousGoods><UNDGIdentificationCode>1263</UNDGIdentificationCode>
        <HazardClassificationID>3</HazardClassificationID></ApplicableTransportDangerousGoods>
        <TransportLogisticsPackage><ItemQuantity>12</ItemQuantity><TypeCode>PX</TypeCode>
        <PhysicalLogisticsShippingMarks><Marking>T-1</Marking><Marking>T-2</Marking></PhysicalLogisticsShippingMarks>
        </TransportLogisticsPackage></IncludedSupplyChainConsignmentItem>
        <UtilizedLogisticsTransportEquipment><ID>OH-72-JK</ID><CategoryCode>SM</CategoryCode>
        <SealedIndicator><Indicator>false</Indicator></SealedIndicator></UtilizedLogisticsTransportEquipment>
        <UtilizedLogisticsTransportEquipment><ID>CSQU3054383</ID>
        <AffixedLogisticsSeal><ID>S1</ID></AffixedLogisticsSeal>
        </UtilizedLogisticsTransportEquipment>
        <MainCarriageLogisticsTransportMovement><UsedLogisticsTransportMeans><ID>12-BDF-3</ID>
        <RegistrationTradeCountry><ID>NL</ID></RegistrationTradeCountry></UsedLogisticsTransportMeans>
        </MainCarriageLogisticsTransportMovement>
        {consignment}
        </SpecifiedSupplyChainConsignment></eCMR>
        """;
}
