using System.Reflection;
using EcmrGateway.Engines;
using Npgsql;
using StackExchange.Redis;

namespace EcmrGateway.Rivals;

/// <summary>Versions of what is measured.</summary>
internal static class Versions
{
    /// <summary>Of the library that has a type.</summary>
    public static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "unknown";

    public static async Task<string> OfEnginesAsync(string database, RedisNode redis)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SHOW server_version");
        var postgres = (string?)await command.ExecuteScalarAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        return $"PostgreSQL {postgres}, Kafka {Kafka()}, Redis {connection.GetServers()[0].Version}";
    }

    /// <summary>The broker does not tell its release; the distribution's files do.</summary>
    private static string Kafka()
    {
        const string Prefix = "kafka-clients-";
        var libraries = Path.Combine(Environment.GetEnvironmentVariable(KafkaServer.HomeVariable) ?? "", "libs");
        return Directory.Exists(libraries)
            ? Directory.GetFiles(libraries, $"{Prefix}*.jar").Select(Path.GetFileNameWithoutExtension)
                .FirstOrDefault()?[Prefix.Length..] ?? "unknown"
            : "unknown";
    }
}
