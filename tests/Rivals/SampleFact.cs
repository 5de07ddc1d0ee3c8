using Ecmr.Facts.V1;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Ledger.Pseudonyms;
using Npgsql;

namespace EcmrGateway.Rivals;

/// <summary>A fact as the gateway recorded it, and whose it is.</summary>
/// <param name="Bytes">The same for all who publish it.</param>
internal sealed record SampleFact(byte[] Bytes, Pseudonym Carrier, Pseudonym Vehicle, Pseudonym Consignor)
{
    /// <summary>Key of the record, the same as ours.</summary>
    public string Key => Convert.ToHexStringLower(
        SubjectBytes.Write(new(Carrier.Value)).Span);

    /// <summary>Facts of notes from a ledger, as many as are asked for; from the beginning again when it has less.
    /// </summary>
    public static async Task<SampleFact[]> ReadAsync(string database, int count)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            "SELECT fact FROM ledger.facts ORDER BY idx, shard LIMIT $1");
        command.Parameters.Add(new() { Value = count });
        List<SampleFact> facts = [];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var bytes = rows.GetFieldValue<byte[]>(0);
            if (Fact.Parser.ParseFrom(bytes) is { Note: { Movements: [var first, ..] } note })
            {
                facts.Add(new(
                    bytes, Of(note.Carrier), Of(first.Vehicle), Of(note.Consignor)));
            }
        }

        return [.. Enumerable.Range(0, count).Select(number => facts[number % facts.Count])];
    }

    private static Pseudonym Of(Google.Protobuf.ByteString bytes) =>
        new(SubjectBytes.ReadOptional(bytes)?.Value ?? default);
}
