using EcmrGateway.Engines;
using EcmrGateway.Rivals;
using EcmrGateway.Rivals.Relay;
using EcmrGateway.Rivals.Scoring;

// Usage: Rivals [--quick] [relay] [scoring]. Without names: both.
var quick = args.Contains("--quick");
var named = args.Where(argument => !argument.StartsWith('-')).ToHashSet();
await using var postgres = await PostgresServer.FindNodeAsync()
    ?? throw new InvalidOperationException(PostgresServer.MissingNode);
await using var kafka = await KafkaServer.FindNodeAsync()
    ?? throw new InvalidOperationException(KafkaServer.MissingNode);
await using var redis = await RedisNode.TryStartAsync()
    ?? throw new InvalidOperationException(RedisNode.Missing);
Console.WriteLine(await Versions.OfEnginesAsync(postgres.ConnectionString, redis));

var folder = Directory.CreateTempSubdirectory("ecmr-rivals-").FullName;
try
{
    await using var filled = await FilledGateway.FillAsync(
        folder, postgres, kafka, redis, facts: quick ? 20_000 : 250_000);
    if (named.Count == 0 || named.Contains("relay"))
    {
        var facts = await SampleFact.ReadAsync(filled.Database, quick ? 10_000 : 50_000);
        await RelayRace.RunAsync(postgres, kafka, facts, quick);
    }

    if (named.Count == 0 || named.Contains("scoring"))
    {
        await ScoringRace.RunAsync(filled, kafka.BootstrapServers, redis, quick);
    }

    return 0;
}
catch (Exception failure) // Of any kind: uncaught, it would end the program before the engines are ended.
{
    await Console.Error.WriteLineAsync(failure.ToString());
    return 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
