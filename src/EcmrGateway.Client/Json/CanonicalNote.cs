using System.Security.Cryptography;
using System.Text;
using Ecmr.Note.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EcmrGateway.Client.Json;

/// <summary>The bytes whose SHA-256 stands for a note's content.</summary>
/// <remarks>
/// 1. Decimals without trailing zeros: "607.50" and "607.5" are the same amount. 2. Coordinates rounded to 6 decimals
/// (half to even), which is a tenth of a metre. 3. The proto3 JSON form without fields that are not stated. 4. RFC 8785.
/// </remarks>
public static class CanonicalNote
{
    private const int CoordinateDecimals = 6;

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
                measure.Value = WithoutTrailingZeros(measure.Value);
                return;
            case Money money:
                money.Amount = WithoutTrailingZeros(money.Amount);
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

    private static string WithoutTrailingZeros(string value) =>
        value.Contains('.', StringComparison.Ordinal) ? value.TrimEnd('0').TrimEnd('.') : value;

    // Adding 0 turns -0 into 0, which proto3 holds for "not stated".
    private static double Rounded(double degrees) =>
        double.IsFinite(degrees) ? Math.Round(degrees, CoordinateDecimals) + 0.0 : degrees;
}
