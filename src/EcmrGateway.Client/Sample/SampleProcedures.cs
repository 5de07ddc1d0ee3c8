using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ecmr.Note.V1;
using Google.Protobuf;

namespace EcmrGateway.Client.Sample;

/// <summary>The procedures of e-CMR art. 5(1), as an invented platform would publish them.</summary>
internal static class SampleProcedures
{
    public static ElectronicProcedures Make() => new()
    {
        Issuance = Procedure("issuance"),
        Integrity = Procedure("integrity"),
        HolderProof = Procedure("holder-proof"),
        DeliveryConfirmation = Procedure("delivery-confirmation"),
        Amendment = Procedure("amendment"),
        Replacement = Procedure("replacement"),
    };

    /// <summary>32 bytes in the place of a document's hash.</summary>
    public static ByteString Hash(ref SampleRandom random)
    {
        Span<byte> hash = stackalloc byte[32];
        for (var i = 0; i < hash.Length; i += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(hash[i..], random.Next());
        }

        return ByteString.CopyFrom(hash);
    }

    private static Procedure Procedure(string name)
    {
        var uri = "https://procedures.ecmr.example/2/" + name;
        return new() { Uri = uri, Sha256 = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(uri))) };
    }
}
