using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <summary>Puts a note together from the world and its numbers.</summary>
internal sealed class NoteComposer(SampleOptions options, SampleWorld world)
{
    private static readonly ElectronicProcedures Agreed = SampleProcedures.Make();

    private static readonly string[] Instructions =
    [
        "Call the warehouse one hour before arrival. Load securing: anti-slip mats and two straps a row.",
        "Unloading by appointment only, dock numbers are told at the gate. Pallets are exchanged one for one.",
        "Do not stack. Keep upright and dry; note damage to the wrapping before it is taken over.",
        "Driver reports at the reception with safety shoes and vest; waiting time is free for two hours.",
    ];

    /// <param name="random">Decides the ordinary content.</param>
    /// <param name="patterns">Decides what is put in on purpose, so that a scale of 0 leaves the rest as it is.</param>
    public (ConsignmentNote Note, SamplePattern Pattern) Compose(
        int index, ref SampleRandom random, ref SampleRandom patterns)
    {
        var trip = world.Trips.Of(index);
        var vehicle = world.Vehicles[trip.Vehicle];
        var pattern = RiskyPatterns.Draw(options, trip, world.Trips.PlaceInTrip(index), vehicle, ref patterns);

        // 1. Where and when: the trip's, unless the note contradicts the others of its trip on purpose.
        var carrier = vehicle.Carrier;
        if (pattern.HasFlag(SamplePattern.SamePlateTwoCarriers))
        {
            var further = 1 + patterns.Below(world.Carriers.Length - 1);
            carrier = world.Carriers[(carrier.Index + further) % world.Carriers.Length];
            trip = RiskyPatterns.Elsewhere(trip, ref patterns);
        }

        var window = RiskyPatterns.Window(options, trip, pattern);
        var consignor = world.CompanyAt(trip.From, ref random);
        var consignee = world.CompanyAt(trip.To, ref random);

        // 2. Who, where and when on the note.
        var note = Head(index, window, consignor, consignee, ref random);
        AddCarriers(note, carrier, ref random);
        note.TakingOver = new TakingOver { Place = consignor.Site.Clone(), PlannedTime = SampleTime.At(window.Start) };
        note.Delivery = new Delivery { Place = consignee.Site.Clone(), PlannedTime = SampleTime.At(window.End) };

        // 3. The goods, within what the trip leaves to each note.
        var overloaded = pattern.HasFlag(SamplePattern.Overloaded);
        var mass = overloaded
            ? vehicle.PayloadKg * patterns.Between(130, 155) / 100
            : vehicle.PayloadKg * random.Between(25, 92) / 100 / trip.Notes;
        GoodsComposer.Add(note, mass, overloaded ? 98 : 70, ref random);

        // 4. The vehicle and what belongs to it.
        AddVehicle(note, vehicle, ref random);

        // 5. What was put in on purpose.
        RiskyPatterns.Apply(note, pattern, window, consignor.Careless, ref patterns);
        return (note, pattern);
    }

    private static ConsignmentNote Head(
        int index, SampleWindow window, SampleCompany consignor, SampleCompany consignee, ref SampleRandom random)
    {
        var (from, to) = (consignor.Party.Address.Country, consignee.Party.Address.Country);
        var issued = window.Received.AddMinutes(-random.Between(70, 900));
        var note = new ConsignmentNote
        {
            NoteNumber = $"{from}{SampleNumbers.Digits(ref random, 4)}-{index:D7}",
            Version = 1,
            Status = NoteStatus.Issued,
            DocumentTypeCode = "730",
            Issue = SampleTime.Issue(issued, consignor.Party.Address),
            Language = from == "DE" ? "de" : from == "NL" ? "nl" : "en",
            CmrClause = true,
            Procedures = Agreed.Clone(),
            RightsHolder = RightsHolder.Consignor,
            Consignor = consignor.Party.Clone(),
            Consignee = consignee.Party.Clone(),
        };
        note.Profiles.Add(from != to ? NoteProfile.Cmr : from == "NL" ? NoteProfile.NlDomestic : NoteProfile.EuReg11);
        if (from is "GB" or "CH" || to is "GB" or "CH")
        {
            note.CustomsInstructions = "Export declaration lodged; transit T1, MRN with the driver's papers.";
        }

        note.OtherInstructions = random.Pick<string>(Instructions);
        AddCharges(note, ref random);
        AddDocument(note, ref random);
        AddCreation(note, ref random);
        return note;
    }

    private static void AddCharges(ConsignmentNote note, ref SampleRandom random)
    {
        if (random.Chance(55))
        {
            note.ChargesAsAgreed = true;
            return;
        }

        note.Charges.Add(new Charge
        {
            TypeCode = "101000",
            Amount = new Money { Amount = $"{random.Between(180, 2400)}.{random.Below(100):D2}", Currency = "EUR" },
            Payer = random.Chance(70) ? Payer.Consignor : Payer.Consignee,
        });
    }

    private static void AddDocument(ConsignmentNote note, ref SampleRandom random)
    {
        note.Documents.Add(new AttachedDocument
        {
            TypeCode = random.Chance(50) ? "271" : "380",
            Number = "D" + SampleNumbers.Digits(ref random, 8),
            Sha256 = SampleProcedures.Hash(ref random),
            MediaType = "application/pdf",
            SizeBytes = random.Between(18_000, 480_000),
        });
    }

    private static void AddCreation(ConsignmentNote note, ref SampleRandom random)
    {
        var hash = SampleProcedures.Hash(ref random);
        note.Events.Add(new NoteEvent
        {
            EventId = NoteUuid.From(hash.Span[..16]),
            Sequence = 1,
            Type = NoteEventType.Created,
            Time = note.Issue.Time.Clone(),
            RecordedTime = note.Issue.Time.Clone(),
            ActorRole = "consignor",
            PayloadSha256 = hash,
        });
    }

    private void AddCarriers(ConsignmentNote note, SampleCarrier driving, ref SampleRandom random)
    {
        // Now and then one carrier contracts and another one drives.
        if (random.Chance(8))
        {
            note.Carriers.Add(Make(random.Pick<SampleCarrier>(world.Carriers), CarrierRole.Contracting, 0));
            note.Carriers.Add(Make(driving, CarrierRole.Performing, 1));
        }
        else
        {
            note.Carriers.Add(Make(driving, CarrierRole.Contracting, 0));
        }

        static Carrier Make(SampleCarrier carrier, CarrierRole role, int sequence) => new()
        {
            Party = carrier.Party.Clone(),
            Role = role,
            Sequence = sequence,
            CommunityLicence = new CommunityLicence { Country = carrier.Country, Number = carrier.Licence },
        };
    }

    private static void AddVehicle(ConsignmentNote note, SampleVehicle vehicle, ref SampleRandom random)
    {
        var leg = new Leg
        {
            Mode = "3",
            Vehicle = new Vehicle
            {
                // The same plate reaches a gateway in more than one way of writing.
                Plate = random.Chance(8) ? vehicle.Plate.Replace("-", "", StringComparison.Ordinal) : vehicle.Plate,
                Country = vehicle.Carrier.Country,
                MaxMassKg = vehicle.MaxMassKg,
                Axles = vehicle.Axles,
            },
            CarrierSequence = note.Carriers.Count - 1,
        };
        if (vehicle.TrailerPlate is { } trailer)
        {
            leg.Trailers.Add(
                new Trailer { Plate = trailer, Country = vehicle.Carrier.Country, CategoryCode = "SM", Sequence = 1 });
        }

        note.Legs.Add(leg);
        if (vehicle.CarriesContainer)
        {
            var container = new TransportEquipment
            {
                Id = SampleNumbers.Container(ref random),
                CategoryCode = "CN",
                Sequence = 1,
                SizeType = "45G1",
                CarriedOn = vehicle.TrailerPlate ?? vehicle.Plate,
            };
            note.Equipment.Add(container);
            note.Seals.Add(new Seal { Number = "S" + SampleNumbers.Digits(ref random, 7), Party = "consignor" });
            foreach (var item in note.Items)
            {
                item.LoadedIn = container.Id;
            }
        }

        if (random.Chance(40))
        {
            note.Driver = new Driver { Name = SampleNames.Person(ref random) };
        }
    }
}
