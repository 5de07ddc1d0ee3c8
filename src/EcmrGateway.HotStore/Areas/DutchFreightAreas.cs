using EcmrGateway.Risk.Movements;

namespace EcmrGateway.HotStore.Areas;

/// <summary>
/// Default areas: seaports, inland hubs and motorway border crossings of the Netherlands where freight comes together.
/// Centres to a hundredth of a degree; radii chosen so that the roads around the place are inside.
/// </summary>
public static class DutchFreightAreas
{
    public static IReadOnlyList<Area> All { get; } =
    [
        new("amsterdam-westpoort", "Amsterdam Westpoort", 52.41, 4.80, 10),
        new("bergh-elten-a12", "Border A12, Bergh/Elten", 51.88, 6.20, 8),
        new("de-lutte-a1", "Border A1, De Lutte", 52.30, 7.04, 8),
        new("eindhoven", "Eindhoven", 51.44, 5.45, 12),
        new("hazeldonk-a16", "Border A16, Hazeldonk", 51.49, 4.74, 8),
        new("moerdijk", "Moerdijk", 51.69, 4.60, 8),
        new("nieuweschans-a7", "Border A7, Bad Nieuweschans", 53.18, 7.21, 8),
        new("rotterdam", "Rotterdam", 51.90, 4.44, 15),
        new("rotterdam-maasvlakte", "Rotterdam, Maasvlakte and Europoort", 51.95, 4.08, 12),
        new("schiphol", "Schiphol", 52.30, 4.76, 8),
        new("tilburg", "Tilburg", 51.58, 5.07, 10),
        new("utrecht", "Utrecht, Oudenrijn", 52.07, 5.06, 10),
        new("venlo", "Venlo and border A67", 51.38, 6.15, 12),
        new("vlissingen-terneuzen", "Vlissingen and Terneuzen", 51.40, 3.74, 15),
        new("zwolle", "Zwolle", 52.51, 6.09, 10),
    ];
}
