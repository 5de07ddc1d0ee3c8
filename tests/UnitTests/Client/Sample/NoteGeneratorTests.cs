using Ecmr.Note.V1;
using EcmrGateway.Client.Sample;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Sample;

public sealed class NoteGeneratorTests
{
    private static readonly DateTimeOffset Around = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_options_give_the_same_bytes()
    {
        var first = Bytes(Options());
        var second = Bytes(Options());

        Assert.Equal(first, second);
    }

    [Fact]
    public void Order_of_asking_does_not_matter()
    {
        var generator = new NoteGenerator(Options());
        var last = generator.Create(499).Note.ToByteArray();
        var inOrder = new NoteGenerator(Options()).All().Last().Note.ToByteArray();

        Assert.Equal(inOrder, last);
    }

    [Theory]
    [InlineData(2, 500, 0)]
    [InlineData(1, 501, 0)]
    [InlineData(1, 500, 60)]
    public void Another_option_gives_other_note_ids(ulong seed, int count, int minutes)
    {
        var ids = Ids(Options());
        var others = Ids(Options() with { Seed = seed, Count = count, Around = Around.AddMinutes(minutes) });

        Assert.Empty(ids.Intersect(others));
    }

    [Fact]
    public void Note_ids_are_unique_uuids_in_lower_case()
    {
        var ids = Ids(Options() with { Count = 5000 });

        Assert.Equal(5000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(id, Guid.ParseExact(id, "D").ToString()));
    }

    [Fact]
    public void Notes_have_about_2_KB_and_three_lines()
    {
        var notes = new NoteGenerator(Options() with { Count = 5000 }).Notes().ToList();

        Assert.InRange(notes.Average(note => note.CalculateSize()), 1700, 2300);
        Assert.InRange(notes.Average(note => note.Items.Count), 2.8, 3.2);
    }

    [Fact]
    public void A_share_of_two_percent_is_wrong_and_says_how()
    {
        var samples = new NoteGenerator(Options() with { Count = 20_000 }).All().ToList();

        Assert.InRange(samples.Count(sample => sample.Flaw != SampleFlaw.None), 300, 500);
        Assert.Equal(
            Enum.GetValues<SampleFlaw>().Order(), samples.Select(sample => sample.Flaw).Distinct().Order());
    }

    [Fact]
    public void What_is_marked_as_wrong_is_wrong()
    {
        var samples = new NoteGenerator(Options() with { Count = 2000, WrongPercent = 100 }).All();

        Assert.All(samples, sample => Assert.True(HasFlaw(sample), $"{sample.Flaw} in note {sample.Index}"));
    }

    [Fact]
    public void What_is_not_marked_as_wrong_has_what_the_treaty_asks_for()
    {
        var samples = new NoteGenerator(Options() with { Count = 5000, WrongPercent = 0 }).All();

        Assert.All(samples, sample => Assert.True(IsComplete(sample.Note), $"note {sample.Index}"));
    }

    [Fact]
    public void Every_risky_pattern_occurs_and_a_scale_of_zero_leaves_them_out()
    {
        var all = new NoteGenerator(Options() with { Count = 20_000 }).All()
            .Aggregate(SamplePattern.None, (seen, sample) => seen | sample.Pattern);
        var none = new NoteGenerator(Options() with { Count = 2000, RiskScale = 0 }).All();

        Assert.Equal(Enum.GetValues<SamplePattern>().Aggregate((a, b) => a | b), all);
        Assert.All(none, sample => Assert.Equal(SamplePattern.None, sample.Pattern));
    }

    [Fact]
    public void Vehicles_and_carriers_are_used_again()
    {
        var notes = new NoteGenerator(Options() with { Count = 10_000 }).Notes().ToList();
        var plates = notes.SelectMany(note => note.Legs)
            .Select(leg => leg.Vehicle.Plate.Replace("-", "", StringComparison.Ordinal)).Distinct().Count();
        var carriers = notes.SelectMany(note => note.Carriers).Select(carrier => carrier.Party.Name).Distinct().Count();

        Assert.InRange(plates, 190, 200);
        Assert.InRange(carriers, 30, 50);
    }

    [Fact]
    public void An_overloaded_vehicle_carries_more_than_its_payload()
    {
        var overloaded = new NoteGenerator(Options() with { Count = 20_000, WrongPercent = 0 }).All()
            .Where(sample => sample.Pattern == SamplePattern.Overloaded).ToList();

        Assert.NotEmpty(overloaded);
        Assert.All(overloaded, sample => Assert.True(
            Kg(sample.Note) > Payload(sample.Note.Legs[0].Vehicle.MaxMassKg), $"note {sample.Index}"));
    }

    [Fact]
    public void A_late_note_was_taken_over_before_it_can_be_handed_in()
    {
        var late = new NoteGenerator(Options() with { Count = 5000, WrongPercent = 0 }).All()
            .Where(sample => sample.Pattern.HasFlag(SamplePattern.LateIssue)).ToList();

        Assert.NotEmpty(late);
        Assert.All(late, sample =>
            Assert.True(sample.Note.TakingOver.ActualTime.Time.ToDateTimeOffset() < Around.AddHours(-1)));
    }

    [Fact]
    public void Vehicles_start_in_the_Netherlands_within_the_next_hours()
    {
        var soon = new NoteGenerator(Options() with { Count = 10_000 }).Notes()
            .Count(note => note.TakingOver.Place?.Address.Country == "NL"
                && note.TakingOver.PlannedTime.Time.ToDateTimeOffset() is var start
                && start >= Around && start <= Around.AddHours(2));

        Assert.True(soon > 200, $"{soon} notes");
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 101)]
    public void Options_outside_their_limits_are_refused(int count, double wrong) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new NoteGenerator(Options() with { Count = count, WrongPercent = wrong }));

    private static SampleOptions Options() => new() { Count = 500, Seed = 1, Around = Around };

    private static byte[] Bytes(SampleOptions options) =>
        [.. new NoteGenerator(options).Notes().SelectMany(note => note.ToByteArray())];

    private static List<string> Ids(SampleOptions options) =>
        [.. new NoteGenerator(options).Notes().Select(note => note.NoteId)];

    private static long Kg(ConsignmentNote note) => note.Items.Sum(item =>
        long.Parse(item.GrossMass.Value, System.Globalization.CultureInfo.InvariantCulture));

    private static int Payload(int maxMassKg) => maxMassKg switch { 19_000 => 9_000, 50_000 => 31_000, _ => 24_000 };

    private static bool IsComplete(ConsignmentNote note) =>
        note.Consignor is { Name.Length: > 0, Address.Country.Length: 2 }
        && note.Consignee is not null && note.Carriers.Count > 0
        && note.TakingOver is { Place: not null, PlannedTime: not null } && note.Delivery?.Place is not null
        && note.Issue is { Date: not null, Place.Length: > 0 } && note.CmrClause
        && note.Items.Count > 0
        && note.Items.All(item => item is { Description.Length: > 2, PackageType.Length: 2, GrossMass: not null })
        && note.Items.All(item => item.PackageCount > 0 || item.PackageType is "VL" or "VR");

    private static bool HasFlaw(SampleNote sample) => sample.Flaw switch
    {
        SampleFlaw.ConsignorMissing => sample.Note.Consignor is null,
        SampleFlaw.CountryInLowerCase => char.IsAsciiLetterLower(sample.Note.Consignee.Address.Country[0]),
        SampleFlaw.PackageTypeUnknown => sample.Note.Items.Any(item => item.PackageType == "Z9"),
        SampleFlaw.NetAboveGross => sample.Note.Items.Any(item => item.NetMass?.Value == item.GrossMass.Value + "0"),
        SampleFlaw.ContainerCheckDigit => sample.Note.Equipment.Any(WrongCheckDigit),
        SampleFlaw.CmrClauseMissing => !sample.Note.CmrClause && sample.Note.Profiles.Contains(NoteProfile.Cmr),
        SampleFlaw.PlaceOfTakingOverMissing => sample.Note.TakingOver.Place is null,
        SampleFlaw.GrossMassZero => sample.Note.Items.Any(item => item.GrossMass.Value == "0"),
        SampleFlaw.DescriptionMissing => sample.Note.Items.Any(item => item.Description.Length == 0),
        SampleFlaw.TotalDiffersFromLines => sample.Note.TotalGrossMass.Value.StartsWith('9'),
        _ => false,
    };

    private static bool WrongCheckDigit(TransportEquipment equipment) =>
        SampleNumbers.ContainerRemainder(equipment.Id) % 10 != equipment.Id[10] - '0';
}
