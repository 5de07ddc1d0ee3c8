using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ecmr.Note.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EcmrGateway.Client.Json;

/// <summary>The bytes whose SHA-256 stands for a note's content.</summary>
/// <remarks>
/// 1. Decimals without zeros before and after: "607.50" and "607.5" are the same amount. 2. Coordinates rounded to
/// microdegrees (half away from zero), which is a tenth of a metre. 3. The proto3 JSON form without fields that are not
/// stated. 4. RFC 8785.
/// </remarks>
public static partial class CanonicalNote
{
    private const double MicrodegreesPerDegree = 1e6;

    public static byte[] Bytes(ConsignmentNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var copy = note.Clone();
        Normalize(copy);
        return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(NoteJson.Write(copy)));
    }

    public static byte[] Sha256(ConsignmentNote note) => SHA256.HashData(Bytes(note));

    private static void Normalize(IMessage message)
    {
        switch (message)
        {
            case Measure measure:
                measure.Value = Plain(measure.Value);
                return;
            case Money money:
                money.Amount = Plain(money.Amount);
                return;
            case Coordinates coordinates:
                coordinates.Latitude = Rounded(coordinates.Latitude);
                coordinates.Longitude = Rounded(coordinates.Longitude);
                return;
        }

        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.FieldType == FieldType.Message)
            {
                NormalizeField(message, field);
            }
        }
    }

    private static void NormalizeField(IMessage message, FieldDescriptor field)
    {
        var value = field.Accessor.GetValue(message);
        if (value is IMessage single)
        {
            Normalize(single);
        }
        else if (value is System.Collections.IEnumerable many)
        {
            foreach (IMessage each in many)
            {
                Normalize(each);
            }
        }
    }

    // A value that is no decimal stays as it is: the gateway does not record it.
    private static string Plain(string value)
    {
        var match = DecimalForm().Match(value);
        if (!match.Success)
        {
            return value;
        }

        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value.TrimEnd('0');
        var number = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
        return value[0] == '-' && number != "0" ? "-" + number : number;
    }

    // Adding 0 turns -0 into 0, which proto3 holds for "not stated".
    private static double Rounded(double degrees) => Math.Abs(degrees) <= 180
        ? (Math.Round(degrees * MicrodegreesPerDegree, MidpointRounding.AwayFromZero) / MicrodegreesPerDegree) + 0.0
        : degrees;

    [GeneratedRegex(@"\A-?(?<whole>[0-9]{1,10})(\.(?<fraction>[0-9]{1,6}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalForm();
}
