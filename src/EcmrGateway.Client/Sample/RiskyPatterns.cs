using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <summary>
/// Puts the patterns into notes that a risk model should notice. None of them makes a rule refuse the note.
/// </summary>
internal static class RiskyPatterns
{
    /// <summary>Share of vehicles that are habitual, percent; with the scales below the mean scale is 1.</summary>
    public const double HabitualPercent = 4;

    private const double HabitualScale = 11.08;
    private const double OrdinaryScale = 0.58;

    public static SamplePattern Draw(
        SampleOptions options, Trip trip, int placeInTrip, SampleVehicle vehicle, ref SampleRandom random)
    {
        // Risk comes in clusters: a few vehicles have most of it. The shares over all notes stay as they are told.
        var scale = options.RiskScale * (vehicle.IsHabitual ? HabitualScale : OrdinaryScale);
        var pattern = SamplePattern.None;

        // All notes of a vehicle's first trip are late, or none of them.
        var late = SampleRandom.For(options.Seed, SampleStream.Pattern, ~trip.Vehicle);
        Add(SamplePattern.LateIssue, trip.Ordinal == 0 && late.Chance(12 * options.RiskScale));
        Add(SamplePattern.Overloaded, random.Chance(1 * scale));

        // It takes an honest note of the same trip to contradict.
        Add(SamplePattern.SamePlateTwoCarriers, random.Chance(1.5 * scale) && placeInTrip > 0);
        Add(SamplePattern.DangerousGoodsContradiction, random.Chance(1 * scale));
        Add(SamplePattern.MissingParticulars, random.Chance(5 * scale));
        Add(SamplePattern.UncertainPlace, random.Chance(1 * scale));
        Add(SamplePattern.NoVehicle, random.Chance(3 * scale) && pattern == SamplePattern.None);
        return pattern;

        void Add(SamplePattern which, bool when) => pattern |= when ? which : SamplePattern.None;
    }

    /// <summary>The same vehicle and hours, but between other places.</summary>
    public static Trip Elsewhere(Trip trip, ref SampleRandom random)
    {
        var places = FreightPlaces.All.Length;
        var from = (trip.From + 1 + random.Below(places - 1)) % places;
        var to = (from + 1 + random.Below(places - 1)) % places;
        return trip with { From = (byte)from, To = (byte)to };
    }

    /// <summary>Planned start and end of the carriage, and until when the note can be handed in.</summary>
    public static SampleWindow Window(SampleOptions options, Trip trip, SamplePattern pattern)
    {
        if (!pattern.HasFlag(SamplePattern.LateIssue))
        {
            var start = options.Around.AddMinutes(trip.StartMinute);
            return new(start, options.Around.AddMinutes(trip.EndMinute), options.Around);
        }

        // Under way already. At least 75 minutes ago, so that it is past an hour before the set's moment too.
        var random = SampleRandom.For(options.Seed, SampleStream.Pattern, ~trip.Vehicle);
        var length = trip.EndMinute - trip.StartMinute;
        var ago = 75 + (random.Below(Math.Max(1, (length - 60) / 5)) * 5);
        var began = options.Around.AddMinutes(-ago);
        return new(began, began.AddMinutes(Math.Max(length, ago + 30)), began);
    }

    public static void Apply(
        ConsignmentNote note, SamplePattern pattern, SampleWindow window, bool careless, ref SampleRandom random)
    {
        if (pattern.HasFlag(SamplePattern.LateIssue))
        {
            note.TakingOver.ActualTime = SampleTime.At(window.Start.AddMinutes(random.Below(10)));
        }

        if (pattern.HasFlag(SamplePattern.DangerousGoodsContradiction))
        {
            Contradict(note, ref random);
        }

        if (pattern.HasFlag(SamplePattern.MissingParticulars))
        {
            LeaveOut(note, careless ? 4 : random.Below(4));
        }

        if (pattern.HasFlag(SamplePattern.UncertainPlace))
        {
            note.Delivery.PlannedTime = null;
            note.Delivery.Place.Coordinates = null;
            note.Delivery.Place.Locode = "";
        }

        if (pattern.HasFlag(SamplePattern.NoVehicle))
        {
            note.Legs.Clear();
        }
    }

    private static void Contradict(ConsignmentNote note, ref SampleRandom random)
    {
        var goods = note.Items.SelectMany(item => item.DangerousGoods).FirstOrDefault();
        if (goods is null)
        {
            note.DangerousGoodsIndicator = true;
            return;
        }

        switch (random.Below(5))
        {
            case 0:
                note.DangerousGoodsIndicator = false;
                break;
            case 1:
                goods.PackingGroup = goods.PackingGroup == PackingGroup.I ? PackingGroup.Iii : PackingGroup.I;
                break;
            case 2:
                goods.Labels[0] = goods.Labels[0] == "3" ? "9" : "3";
                break;
            case 3:
                goods.TunnelCode = goods.TunnelCode == "E" ? "B" : "E";
                break;
            default:
                (goods.GrossMass, goods.NetMass) = (null, null);
                break;
        }
    }

    private static void LeaveOut(ConsignmentNote note, int which)
    {
        if (which is 0 or 2 or 4)
        {
            foreach (var item in note.Items)
            {
                item.Marks.Clear();
            }
        }

        if (which is 1 or 2 or 4)
        {
            note.Charges.Clear();
            note.ChargesAsAgreed = false;
        }

        if (which is 3 or 4)
        {
            note.Procedures = null;
            note.CustomsInstructions = "";
        }
    }
}
