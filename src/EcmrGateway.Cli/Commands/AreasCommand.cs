using System.CommandLine;
using System.Globalization;
using Ecmr.Inspection.V1;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr areas</c>: what can be asked for with rank.</summary>
internal static class AreasCommand
{
    public static Command Create(CliApp app)
    {
        var command = new Command("areas", "List the areas");
        app.SetAction(command, async (session, _, cancellation) =>
        {
            var client = session.Connect(Roles.Inspector);
            var answer = await client
                .CallAsync(options => client.Inspection.ListAreasAsync(new ListAreasRequest(), options), cancellation)
                .ConfigureAwait(false);
            if (session.Json)
            {
                session.WriteJson(answer);
                return ExitCode.Ok;
            }

            var table = new Table { Border = TableBorder.Rounded };
            table.AddColumns("Area", "Name");
            table.AddColumn(new TableColumn("Centre").RightAligned());
            table.AddColumn(new TableColumn("Radius").RightAligned());
            foreach (var area in answer.Areas)
            {
                table.AddRow(
                    new Text(area.Area_, new Style(decoration: Decoration.Bold)), new Text(area.DisplayName),
                    new Text(string.Create(
                        CultureInfo.InvariantCulture, $"{area.Latitude:0.00} {area.Longitude:0.00}")),
                    new Text(string.Create(CultureInfo.InvariantCulture, $"{area.RadiusKm:0} km")));
            }

            session.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }
}
