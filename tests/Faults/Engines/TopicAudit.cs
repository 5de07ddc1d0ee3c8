using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Npgsql;

namespace EcmrGateway.Faults.Engines;

/// <summary>Compares the topic and the ledger's tables.</summary>
internal static class TopicAudit
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Entries told of twice, and places of a shard that are not there.</summary>
    public static async Task<(int Doubled, int Gaps)> LedgerAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var doubled = await NumberAsync(
            connection,
            "SELECT count(*) FROM (SELECT 1 FROM ledger.entries GROUP BY party, kind, id HAVING count(*) > 1) d");
        var gaps = await NumberAsync(
            connection,
            """
            SELECT coalesce(sum(abs(s.size - coalesce(e.entries, 0))), 0) FROM ledger.shards s
            LEFT JOIN (SELECT shard, count(*) AS entries FROM ledger.entries GROUP BY shard) e USING (shard)
            """);
        return (doubled, gaps);
    }

    /// <summary>
    /// Facts that are not on the topic, or come there before one of their shard that precedes them.
    /// </summary>
    public static async Task<int> MissingAsync(EngineSet engines, Row row)
    {
        var ledger = await FactsAsync(row.Database);
        var topic = await Task.Run(() =>
        {
            using var consumer = engines.Consumer();
            return Read(consumer, row.Topic)
                .Select(record => PlaceOf(record.Message.Headers)).Distinct().ToList();
        });
        var onTopic = topic.GroupBy(place => place.Shard)
            .ToDictionary(shard => shard.Key, shard => shard.Select(place => place.Index).ToList());
        var missing = 0;
        foreach (var shard in ledger.GroupBy(place => place.Shard))
        {
            var expected = shard.Select(place => place.Index).ToList();
            var found = onTopic.GetValueOrDefault(shard.Key, []);
            missing += expected.Except(found).Count();
            missing += found.Zip(found.Skip(1)).Count(pair => pair.First > pair.Second);
        }

        return missing;
    }

    /// <summary>All records of a topic, in their order within each partition.</summary>
    public static List<ConsumeResult<byte[], byte[]>> Read(IConsumer<byte[], byte[]> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, Limit).Topics.Single().Partitions
            .Select(partition => new TopicPartition(topic, partition.PartitionId)).ToList();
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        List<ConsumeResult<byte[], byte[]>> records = [];
        var ended = 0;
        var started = TimeProvider.System.GetTimestamp();
        while (ended < partitions.Count)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException("The topic could not be read to its end.");
            }

            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is not { } record)
            {
                continue;
            }

            if (record.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                records.Add(record);
            }
        }

        return records;
    }

    private static async Task<List<(int Shard, long Index)>> FactsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT shard, idx FROM ledger.facts ORDER BY shard, idx";
        await using var reader = await command.ExecuteReaderAsync();
        List<(int, long)> facts = [];
        while (await reader.ReadAsync())
        {
            facts.Add((reader.GetInt32(0), reader.GetInt64(1)));
        }

        return facts;
    }

    private static async Task<int> NumberAsync(NpgsqlConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static (int Shard, long Index) PlaceOf(Headers headers)
    {
        var parts = Encoding.UTF8.GetString(headers.GetLastBytes("ce_id")).Split(':');
        return (
            int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
