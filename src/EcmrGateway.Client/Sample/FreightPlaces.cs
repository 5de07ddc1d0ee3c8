namespace EcmrGateway.Client.Sample;

/// <param name="Locode">UN/LOCODE.</param>
/// <param name="Postcode">A postcode of the place in its country's form.</param>
/// <param name="Weight">How often freight starts or ends there, against the others.</param>
internal sealed record FreightPlace(
    string Locode, string City, string Postcode, double Latitude, double Longitude, int Weight)
{
    public string Country { get; } = Locode[..2];

    public bool IsDutch => Country == "NL";
}

/// <summary>Well-known freight places of Europe; codes and positions as in UN/LOCODE, to about a kilometre.</summary>
internal static class FreightPlaces
{
    public static readonly FreightPlace[] All =
    [
        new("NLRTM", "Rotterdam", "3089 JA", 51.9167, 4.5000, 10),
        new("NLMSV", "Maasvlakte", "3199 LC", 51.9579, 4.0442, 8),
        new("NLAMS", "Amsterdam", "1043 AG", 52.4000, 4.8167, 6),
        new("NLVEN", "Venlo", "5928 PH", 51.3667, 6.1667, 7),
        new("NLTLB", "Tilburg", "5048 AX", 51.5856, 5.0661, 6),
        new("NLMOE", "Moerdijk", "4782 PW", 51.6833, 4.5667, 5),
        new("NLEIN", "Eindhoven", "5657 EA", 51.4500, 5.4667, 4),
        new("NLUTC", "Utrecht", "3542 AB", 52.0833, 5.1333, 4),
        new("NLBRD", "Breda", "4825 AV", 51.5667, 4.8000, 3),
        new("NLZWO", "Zwolle", "8028 PM", 52.5090, 6.0944, 3),
        new("NLNIJ", "Nijmegen", "6546 BE", 51.8426, 5.8390, 3),
        new("NLAPE", "Apeldoorn", "7327 AA", 52.1796, 5.9301, 2),
        new("NLARN", "Arnhem", "6827 AV", 51.9843, 5.9109, 2),
        new("NLHGL", "Hengelo", "7554 RS", 52.2659, 6.7924, 2),
        new("NLGRQ", "Groningen", "9723 AS", 53.2097, 6.5728, 2),
        new("NLMST", "Maastricht", "6222 NL", 50.8512, 5.6910, 2),
        new("NLBZM", "Bergen op Zoom", "4612 PV", 51.5000, 4.3000, 2),
        new("NLOSS", "Oss", "5347 KR", 51.7667, 5.5333, 2),
        new("NLVLI", "Vlissingen", "4389 PA", 51.4500, 3.7000, 2),
        new("NLAER", "Almere", "1332 EC", 52.3667, 5.2167, 2),
        new("NLEEM", "Eemshaven", "9979 XM", 53.4369, 6.8688, 1),
        new("BEANR", "Antwerpen", "2030", 51.2167, 4.4167, 9),
        new("BEBRU", "Brussel", "1000", 50.8333, 4.3333, 4),
        new("BEGNE", "Gent", "9042", 51.0500, 3.7167, 4),
        new("BELGG", "Liège", "4020", 50.6333, 5.5667, 4),
        new("BEZEE", "Zeebrugge", "8380", 51.3333, 3.2000, 3),
        new("BEKJK", "Kortrijk", "8500", 50.8333, 3.2667, 2),
        new("BEGNK", "Genk", "3600", 50.9667, 5.5000, 3),
        new("DEDUI", "Duisburg", "47059", 51.4667, 6.7500, 8),
        new("DEDTM", "Dortmund", "44147", 51.5000, 7.4833, 4),
        new("DECGN", "Köln", "50735", 50.9500, 6.9333, 5),
        new("DEHAM", "Hamburg", "21129", 53.5167, 9.9333, 6),
        new("DEBRE", "Bremen", "28197", 53.0453, 8.7896, 3),
        new("DEHAJ", "Hannover", "30419", 52.3667, 9.7167, 4),
        new("DEFRA", "Frankfurt am Main", "60314", 50.1167, 8.6833, 4),
        new("DEMHG", "Mannheim", "68159", 49.4833, 8.4500, 3),
        new("DESTR", "Stuttgart", "70327", 48.7667, 9.1833, 3),
        new("DENUE", "Nürnberg", "90451", 49.4333, 11.0667, 3),
        new("DEMUC", "München", "80939", 48.1500, 11.5833, 3),
        new("DEBER", "Berlin", "12099", 52.5167, 13.3833, 3),
        new("FRPAR", "Paris", "75018", 48.8500, 2.3500, 4),
        new("FRDKK", "Dunkerque", "59140", 51.0333, 2.3833, 3),
        new("FRLEH", "Le Havre", "76600", 49.5000, 0.1000, 3),
        new("FRSXB", "Strasbourg", "67100", 48.5667, 7.7500, 2),
        new("FRMLH", "Mulhouse", "68100", 47.7500, 7.3333, 1),
        new("FRMRS", "Marseille", "13015", 43.3000, 5.4000, 1),
        new("LULUX", "Luxembourg", "1616", 49.6348, 6.2162, 2),
        new("ITMIL", "Milano", "20138", 45.4642, 9.1896, 3),
        new("ITVRN", "Verona", "37137", 45.4728, 10.9279, 2),
        new("ESBCN", "Barcelona", "08040", 41.3829, 2.1774, 2),
        new("ESVLC", "Valencia", "46024", 39.4697, -0.3763, 1),
        new("PLPOZ", "Poznań", "61-315", 52.3283, 16.9676, 4),
        new("PLWRO", "Wrocław", "54-610", 51.1076, 16.8757, 3),
        new("PLLOD", "Łódź", "94-104", 51.7500, 19.4667, 2),
        new("PLWAW", "Warszawa", "03-236", 52.2500, 21.0000, 2),
        new("CZPRG", "Praha", "108 00", 50.1020, 14.2706, 3),
        new("ATVIE", "Wien", "1110", 48.2000, 16.3667, 2),
        new("ATLNZ", "Linz", "4020", 48.3000, 14.3000, 1),
        new("HUBUD", "Budapest", "1211", 47.5000, 19.0833, 1),
        new("DKFRC", "Fredericia", "7000", 55.5653, 9.7562, 2),
        new("CHBSL", "Basel", "4057", 47.5581, 7.5878, 2),
        new("CHZRH", "Zürich", "8048", 47.3745, 8.5410, 1),
        new("GBFXT", "Felixstowe", "IP11 3SY", 51.9643, 1.3290, 2),
        new("GBBHM", "Birmingham", "B24 9QA", 52.4667, -1.9167, 1),
    ];

    /// <summary>Great-circle distance in kilometres.</summary>
    public static double DistanceKm(FreightPlace from, FreightPlace to)
    {
        const double EarthRadiusKm = 6371;
        var latitude = double.DegreesToRadians(to.Latitude - from.Latitude) / 2;
        var longitude = double.DegreesToRadians(to.Longitude - from.Longitude) / 2;
        var h = (Math.Sin(latitude) * Math.Sin(latitude))
            + (Math.Cos(double.DegreesToRadians(from.Latitude)) * Math.Cos(double.DegreesToRadians(to.Latitude))
                * Math.Sin(longitude) * Math.Sin(longitude));
        return 2 * EarthRadiusKm * Math.Asin(Math.Sqrt(h));
    }
}
