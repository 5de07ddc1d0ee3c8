using System.Globalization;
using EcmrGateway.Benchmarks;
using EcmrGateway.Benchmarks.Core;
using EcmrGateway.Benchmarks.Engines;
using EcmrGateway.Benchmarks.Floor;
using EcmrGateway.Benchmarks.Hot;
using EcmrGateway.Benchmarks.Whole;
using EcmrGateway.Benchmarks.Wire;

// Usage: Benchmarks [--quick] [core] [wire] [hot] [path] [start]. Without names: all of these.
// Benchmarks [--quick] [postgres] [stream] [growth]: on real engines, by name only.
if (args is ["echo-server", var port])
{
    await EchoServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (!File.Exists(Repository.Gateway))
{
    await Console.Error.WriteLineAsync("Publish the gateway first: make gateway");
    return 2;
}

var quick = args.Contains("--quick");
var named = args.Where(argument => !argument.StartsWith('-')).ToHashSet();
Dictionary<string, Func<Task>> parts = new()
{
    ["core"] = () => CoreBench.RunAsync(quick),
    ["wire"] = () => WireBench.RunAsync(quick),
    ["hot"] = () => HotBench.RunAsync(quick),
    ["path"] = () => PathBench.RunAsync(quick),
    ["start"] = () => StartBench.RunAsync(quick),
};
Dictionary<string, Func<Task>> onEngines = new()
{
    ["postgres"] = () => PostgresBench.RunAsync(quick),
    ["stream"] = () => StreamBench.RunAsync(quick),
    ["growth"] = () => GrowthBench.RunAsync(quick),
};
foreach (var (name, run) in named.Count == 0 ? parts : parts.Concat(onEngines))
{
    if (named.Count == 0 || named.Contains(name))
    {
        await run();
    }
}

// A part that finds more than a figure, as a step that allocates more than it did, sets it.
return Environment.ExitCode;
