using Ecmr.Note.V1;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Notes.Rules;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Ingress.Read;

/// <summary>Limits that the schema's comments state, at the limit and one beyond it.</summary>
public sealed class NoteReaderLimitsTests
{
    public static TheoryData<string, int, Action<ConsignmentNote, string>> Texts => new()
    {
        { "cmr_clause_text", 512, (note, text) => note.CmrClauseText = text },
        { "procedures.issuance.uri", 512, (note, text) => note.Procedures.Issuance.Uri = text },
        { "insurance_instructions", 256, (note, text) => note.InsuranceInstructions = text },
        { "customs_instructions", 2000, (note, text) => note.CustomsInstructions = text },
        { "issue.place", 256, (note, text) => note.Issue.Place = text },
        { "consignor.name", 140, (note, text) => note.Consignor.Name = text },
        { "consignor.ids[0].value", 35, (note, text) => note.Consignor.Ids[0].Value = text },
        { "consignor.address.street", 70, (note, text) => note.Consignor.Address.Street = text },
        { "consignor.address.house_number", 17, (note, text) => note.Consignor.Address.HouseNumber = text },
        { "consignor.address.city", 35, (note, text) => note.Consignor.Address.City = text },
        { "consignor.contact.email", 254, (note, text) => note.Consignor.Contact.Email = text },
        { "carriers[0].community_licence.number", 35, (note, text) => note.Carriers[0].CommunityLicence.Number = text },
        { "delivery.place.name", 256, (note, text) => note.Delivery.Place.Name = text },
        { "items[0].description", 512, (note, text) => note.Items[0].Description = text },
        { "items[0].marks[0]", 70, (note, text) => note.Items[0].Marks[0] = text },
        { "items[0].dangerous_goods[0].proper_shipping_name", 128,
            (note, text) => note.Items[0].DangerousGoods[0].ProperShippingName = text },
        { "items[0].waste.consent_conditions", 2000, (note, text) => note.Items[0].Waste.ConsentConditions = text },
        { "seals[0].number", 70, (note, text) => note.Seals[0].Number = text },
        { "driver.name", 140, (note, text) => note.Driver.Name = text },
        { "events[0].old_value", 2000, (note, text) => note.Events[0].OldValue = text },
        { "signatures[0].key_id", 128, (note, text) => note.Signatures[0].KeyId = text },
        { "reservations[0].text", 512, (note, text) => note.Reservations[0].Text = text },
    };

    public static TheoryData<string, int, Action<ConsignmentNote, int>> Lists => new()
    {
        { "border_crossings", 20, (note, count) => Repeat(note.BorderCrossings, count) },
        { "carriers", 20, (note, count) => Repeat(note.Carriers, count) },
        { "notify_parties", 10, (note, count) => Repeat(note.NotifyParties, count) },
        { "items", 200, (note, count) => Repeat(note.Items, count) },
        { "legs", 20, (note, count) => Repeat(note.Legs, count) },
        { "legs[0].trailers", 5, (note, count) => Repeat(note.Legs[0].Trailers, count) },
        { "equipment", 20, (note, count) => Repeat(note.Equipment, count) },
        { "seals", 50, (note, count) => Repeat(note.Seals, count) },
        { "documents", 50, (note, count) => Repeat(note.Documents, count) },
        { "charges", 50, (note, count) => Repeat(note.Charges, count) },
        { "events", 200, (note, count) => Repeat(note.Events, count) },
        { "signatures", 20, (note, count) => Repeat(note.Signatures, count) },
        { "reservations", 50, (note, count) => Repeat(note.Reservations, count) },
        { "consignor.ids", 10, (note, count) => Repeat(note.Consignor.Ids, count) },
        { "carriers[0].handover.reservations", 50,
            (note, count) => Repeat(note.Carriers[0].Handover.Reservations, count) },
        { "items[0].marks", 50, (note, count) => Repeat(note.Items[0].Marks, count) },
        { "items[0].dangerous_goods", 50, (note, count) => Repeat(note.Items[0].DangerousGoods, count) },
        { "signatures[0].certificate_chain", 5, (note, count) => Repeat(note.Signatures[0].CertificateChain, count) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_may_be_as_long_as_the_schema_says(string field, int limit, Action<ConsignmentNote, string> set)
    {
        var note = FullNote.Build();
        set(note, new string('x', limit));
        Assert.Empty(NoteReader.Read(note).Findings);

        set(note, new string('x', limit + 1));
        var finding = Assert.Single(NoteReader.Read(note).Findings);
        Assert.Equal((RuleCodes.TooLong, field), (finding.Code, finding.Field));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_may_be_as_long_as_the_schema_says(string field, int limit, Action<ConsignmentNote, int> set)
    {
        var note = FullNote.Build();
        set(note, limit);
        Assert.Empty(NoteReader.Read(note).Findings);

        set(note, limit + 1);
        var finding = Assert.Single(NoteReader.Read(note).Findings);
        Assert.Equal((RuleCodes.TooMany, field), (finding.Code, finding.Field));
    }

    [Fact]
    public void Bytes_may_be_as_long_as_the_schema_says()
    {
        var note = FullNote.Build();
        note.Signatures[0].Value = ByteString.CopyFrom(new byte[16 * 1024]);
        note.Signatures[0].CertificateChain[0] = ByteString.CopyFrom(new byte[8 * 1024]);
        Assert.Empty(NoteReader.Read(note).Findings);

        note.Signatures[0].Value = ByteString.CopyFrom(new byte[(16 * 1024) + 1]);
        note.Signatures[0].CertificateChain[0] = ByteString.CopyFrom(new byte[(8 * 1024) + 1]);
        Assert.Equal(
            ["signatures[0].certificate_chain[0]", "signatures[0].value"],
            NoteReader.Read(note).Findings.Select(finding => finding.Field));
    }

    private static void Repeat<T>(System.Collections.Generic.IList<T> list, int count)
    {
        var first = list[0];
        list.Clear();
        for (var index = 0; index < count; index++)
        {
            list.Add(first);
        }
    }
}
