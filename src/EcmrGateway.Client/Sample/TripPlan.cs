namespace EcmrGateway.Client.Sample;

/// <summary>A drive of a vehicle with one or more consignments.</summary>
/// <param name="From">Index in <see cref="FreightPlaces.All"/>.</param>
/// <param name="StartMinute">Minutes after the set's moment.</param>
/// <param name="Ordinal">Number of the vehicle's trip, from 0.</param>
/// <param name="FirstNote">First of the vehicle's notes that travels along.</param>
internal readonly record struct Trip(
    int Vehicle, byte From, byte To, int StartMinute, int EndMinute, short Ordinal, int FirstNote, byte Notes);

/// <summary>Which trips the vehicles make, one after the other, each with a Dutch end.</summary>
/// <remarks>
/// Notes go round the vehicles, so that the first ones of a set are the trips that start first. A vehicle's trips do
/// not overlap; what overlaps in the notes was put there as a risky pattern.
/// </remarks>
internal sealed class TripPlan
{
    private const double DetourFactor = 1.25;
    private const double MeanKmPerHour = 68;
    private const int DrivingMinutesMax = 9 * 60;
    private const int RestMinutes = 11 * 60;

    private static readonly byte[] Dutch = Weighted(p => p.IsDutch);
    private static readonly byte[] Foreign = Weighted(p => !p.IsDutch);

    private readonly int _vehicles;
    private readonly Trip[] _trips;
    private readonly int[] _tripOfNote;

    private TripPlan(int vehicles, Trip[] trips, int[] tripOfNote) =>
        (_vehicles, _trips, _tripOfNote) = (vehicles, trips, tripOfNote);

    public ref readonly Trip Of(int note) => ref _trips[_tripOfNote[note]];

    /// <summary>Place of the note among those of its trip, from 0.</summary>
    public int PlaceInTrip(int note) => (note / _vehicles) - Of(note).FirstNote;

    public static TripPlan Make(SampleOptions options, SampleVehicle[] vehicles)
    {
        var trips = new List<Trip>();
        var tripOfNote = new int[options.Count];
        for (var vehicle = 0; vehicle < vehicles.Length; vehicle++)
        {
            // Notes of this vehicle are those whose number modulo the number of vehicles is its own.
            var notes = (options.Count - vehicle + vehicles.Length - 1) / vehicles.Length;
            var random = SampleRandom.For(options.Seed, SampleStream.Trips, vehicle);
            PlanVehicle(vehicle, vehicles[vehicle], notes, ref random, trips);
        }

        for (var trip = 0; trip < trips.Count; trip++)
        {
            var (vehicle, first, count) = (trips[trip].Vehicle, trips[trip].FirstNote, trips[trip].Notes);
            for (var k = first; k < first + count; k++)
            {
                tripOfNote[(k * vehicles.Length) + vehicle] = trip;
            }
        }

        return new(vehicles.Length, [.. trips], tripOfNote);
    }

    private static void PlanVehicle(
        int index, SampleVehicle vehicle, int notes, ref SampleRandom random, List<Trip> trips)
    {
        var regional = vehicle.Carrier.Country == "NL" && random.Chance(55);
        var from = random.Pick<byte>(Dutch);
        var start = random.Between(1, 36) * 5;
        for (var (note, ordinal) = (0, 0); note < notes; ordinal++)
        {
            var to = NextPlace(from, regional, ref random);
            var along = Math.Min(notes - note, vehicle.CarriesContainer ? 1 : random.Between(1, regional ? 4 : 7));
            var end = start + TravelMinutes(from, to);
            trips.Add(new(index, from, to, start, end, (short)ordinal, note, (byte)along));
            note += along;
            start = end + (random.Between(9, 24) * 5);
            from = to;
        }
    }

    // From the Netherlands abroad and back; a regional vehicle stays inside them.
    private static byte NextPlace(byte from, bool regional, ref SampleRandom random)
    {
        while (true)
        {
            var to = random.Pick<byte>(regional || !FreightPlaces.All[from].IsDutch ? Dutch : Foreign);
            if (to != from)
            {
                return to;
            }
        }
    }

    /// <summary>
    /// Driving, with the daily rest of Regulation (EC) No 561/2006 on the long ones, in steps of 5 minutes.
    /// </summary>
    private static int TravelMinutes(byte from, byte to)
    {
        var km = FreightPlaces.DistanceKm(FreightPlaces.All[from], FreightPlaces.All[to]) * DetourFactor;
        var driving = Math.Max(35, (int)(km / MeanKmPerHour * 60));
        return (driving + (driving / DrivingMinutesMax * RestMinutes) + 30) / 5 * 5;
    }

    private static byte[] Weighted(Func<FreightPlace, bool> which) =>
        [.. FreightPlaces.All.SelectMany((place, i) => Enumerable.Repeat((byte)i, which(place) ? place.Weight : 0))];
}
