using Ecmr.Note.V1;
using Ecmr.Receipt.V1;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>A consignment note as a card: who, where and when, what, and with which vehicle.</summary>
internal static class NoteView
{
    public static void Write(IAnsiConsole console, ConsignmentNote note, TimeProvider clock)
    {
        console.Write(new Rule($"[bold]{Markup.Escape(note.NoteNumber)}[/] [dim]{Markup.Escape(note.NoteId)}[/]")
            .LeftJustified());
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row(grid, "Consignor", Of(note.Consignor));
        Row(grid, "Consignee", Of(note.Consignee));
        foreach (var carrier in note.Carriers)
        {
            Row(grid, "Carrier", Of(carrier.Party));
        }

        Row(grid, "Taken over",
            Of(note.TakingOver?.Place) + "  " +
            Planned(note.TakingOver?.PlannedTime, note.TakingOver?.ActualTime, clock));
        Row(grid, "Delivery",
            Of(note.Delivery?.Place) + "  " + Planned(note.Delivery?.PlannedTime, note.Delivery?.ActualTime, clock));
        foreach (var leg in note.Legs)
        {
            var trailers = string.Concat(leg.Trailers.Select(trailer => $" + {trailer.Plate} {trailer.Country}"));
            Row(grid, "Vehicle", $"{leg.Vehicle?.Plate} {leg.Vehicle?.Country}{trailers}{Mass(leg.Vehicle)}");
        }

        foreach (var equipment in note.Equipment)
        {
            Row(grid, "Equipment", $"{equipment.Id} {equipment.CategoryCode}");
        }

        Row(grid, "Gross mass", Of(note.TotalGrossMass));
        var indicator = note.DangerousGoodsIndicator ? "yes" : "no";
        Row(grid, "Dangerous", note.HasDangerousGoodsIndicator ? indicator : "not stated");
        console.Write(grid);
        console.Write(Items(note));
    }

    public static void WriteRecord(IAnsiConsole console, Receipt? receipt, Timestamp? received, TimeProvider clock)
    {
        if (receipt is not null)
        {
            var place = $"position {receipt.LeafIndex} of log {receipt.TreeHead?.LogId}";
            console.MarkupLineInterpolated($"[dim]recorded at {place}, {Times.Local(received, clock)}[/]");
        }
    }

    private static Table Items(ConsignmentNote note)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("Line").RightAligned());
        table.AddColumn("Goods");
        table.AddColumn("Packages");
        table.AddColumn(new TableColumn("Gross").RightAligned());
        table.AddColumn("Dangerous goods");
        foreach (var item in note.Items)
        {
            table.AddRow(
                new Text($"{item.LineNo}"), new Text(item.Description),
                new Text($"{item.PackageCount} {item.PackageType}"),
                new Text(Of(item.GrossMass)), new Text(string.Join("\n", item.DangerousGoods.Select(Of))));
        }

        return table;
    }

    private static void Row(Grid grid, string title, string text) =>
        grid.AddRow(new Text(title, new Style(Color.Grey)), new Text(text));

    private static string Of(Party? party) => party is null
        ? "not stated"
        : $"{party.Name}, {party.Address?.City} {party.Address?.Country}";

    private static string Of(Place? place)
    {
        if (place is null)
        {
            return "not stated";
        }

        var name = place.Name.Length > 0 ? place.Name : place.Address?.City;
        return $"{name} {place.Address?.Country} {place.Locode}".TrimEnd();
    }

    private static string Of(Measure? measure) => measure is null ? "not stated" : $"{measure.Value} {measure.Unit}";

    private static string Of(DangerousGoods goods)
    {
        var group = goods.PackingGroup == PackingGroup.Unspecified
            ? ""
            : $", PG {goods.PackingGroup.ToString().ToUpperInvariant()}";
        var tunnel = goods.TunnelCode.Length == 0 ? "" : $", ({goods.TunnelCode})";
        return $"UN {goods.UnNumber} {goods.ProperShippingName}, {string.Join("+", goods.Labels)}{group}{tunnel}";
    }

    private static string Planned(Moment? planned, Moment? actual, TimeProvider clock) => actual is not null
        ? Times.Local(actual, clock) + " (actual)"
        : Times.Local(planned, clock);

    private static string Mass(Vehicle? vehicle) =>
        vehicle is { MaxMassKg: > 0 } ? $", {vehicle.MaxMassKg} kg, {vehicle.Axles} axles" : "";
}
