using System.Reflection;
using Ecmr.Facts.V1;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Movements;
using Google.Protobuf.Reflection;
using Xunit;
using Area = EcmrGateway.Risk.Movements.Area;
using Movement = EcmrGateway.Risk.Movements.Movement;

namespace EcmrGateway.UnitTests.Risk;

/// <summary>
/// What may not select a vehicle for a check cannot reach a score: country, nationality, residence, origin and
/// destination, tachograph (Directive 2006/22/EC art. 4(4)), and nothing of persons.
/// </summary>
public sealed class LawfulInputsTests
{
    private static readonly string[] BarredWords =
    [
        "country", "nation", "origin", "destination", "tachograph", "plate", "registration", "name", "address",
        "language", "resid", "driver", "person", "phone", "email", "postcode", "postal", "city", "region", "street",
        "birth", "gender", "text", "remark", "establish", "domicile", "flag", "citizen",
    ];

    private static readonly Type[] Places =
        [typeof(GeoPoint), typeof(Area), typeof(AreaSet), typeof(ExpectedRoute), typeof(Passages), typeof(Passage)];

    [Fact]
    public void No_field_of_the_facts_is_named_after_a_barred_input() =>
        Assert.Empty(BarredFields(FactReflection.Descriptor));

    [Fact]
    public void A_barred_field_would_be_found()
    {
        // The note itself is full of them: the test can fail.
        var barred = BarredFields(Ecmr.Note.V1.PartyReflection.Descriptor);

        Assert.Contains(barred, field => field.Contains("name", StringComparison.Ordinal));
    }

    [Fact]
    public void The_facts_hold_no_message_of_another_package()
    {
        // A field of the note's own messages would bring in what they hold.
        var messages = AllFields(FactReflection.Descriptor).Where(field => field.FieldType == FieldType.Message);

        Assert.All(messages, field => Assert.Same(FactReflection.Descriptor, field.MessageType.File));
    }

    [Fact]
    public void Factors_know_no_places()
    {
        var types = TypesIn("EcmrGateway.Risk.Factors", "EcmrGateway.Risk.Facts", "EcmrGateway.Risk.Settings");

        Assert.True(types.Count > 30);
        Assert.Empty(types.SelectMany(type => UsesIn(type, IsOfMovements)));
    }

    [Fact]
    public void Profiles_read_no_places()
    {
        var types = TypesIn("EcmrGateway.Risk.Profiles");

        Assert.NotEmpty(types);
        Assert.Empty(types.SelectMany(type => UsesIn(type, IsPlace)));
    }

    [Fact]
    public void The_ratings_of_the_law_know_no_places() =>
        Assert.Empty(TypesIn("EcmrGateway.Risk.Statutory").SelectMany(type => UsesIn(type, IsOfMovements)));

    [Fact]
    public void Code_that_reads_a_place_would_be_found()
    {
        Assert.NotEmpty(UsesIn(typeof(BadFactor), IsOfMovements));
        Assert.NotEmpty(UsesIn(typeof(BadFactor), IsPlace));
        Assert.NotEmpty(UsesIn(typeof(BadView), IsPlace));
    }

    private static List<string> BarredFields(FileDescriptor file) =>
    [
        .. AllFields(file)
            .Select(field => field.FullName[(file.Package.Length + 1)..].ToLowerInvariant())
            .Where(name => BarredWords.Any(word => name.Contains(word, StringComparison.Ordinal))),
    ];

    private static IEnumerable<FieldDescriptor> AllFields(FileDescriptor file) =>
        file.MessageTypes.SelectMany(WithNested).SelectMany(message => message.Fields.InDeclarationOrder());

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);

    private static List<Type> TypesIn(params string[] namespaces) =>
        [.. typeof(RiskModel).Assembly.GetTypes().Where(type => namespaces.Contains(type.Namespace))];

    private static IEnumerable<string> UsesIn(Type type, Func<MemberInfo, bool> isBarred) =>
        CodeReferences.Of(type).Where(isBarred).Select(member => $"{type.Name} uses {member}");

    private static bool IsOfMovements(MemberInfo member) =>
        (member as Type ?? member.DeclaringType)?.Namespace == typeof(Movement).Namespace;

    private static bool IsPlace(MemberInfo member) =>
        Places.Contains(member as Type ?? member.DeclaringType)
        || (member.DeclaringType == typeof(Movement) && member.Name is "get_First" or "get_Last");

    private static class BadFactor
    {
        public static int Points(object input) => ((Movement)input).First is { LatitudeCentidegrees: > 5200 } ? 5 : 0;
    }

    private sealed record BadView(IReadOnlyList<GeoPoint?> Points);
}
