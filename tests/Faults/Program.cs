using EcmrGateway.Faults;
using EcmrGateway.Faults.Engines;

// Usage: Faults [--rounds N] [--seed S]: kills the gateway with SIGKILL at random instants under load.
// Faults engines [--rounds N] [--seed S] [--only NAME,NAME] [--list]: the table of faults on real engines.
// Faults check: breaks promises on purpose, and expects the table's audit to notice each.
if (args.Where((word, at) => !IsKnown(word) && (at == 0 || !TakesValue(args[at - 1]))).FirstOrDefault() is { } unknown)
{
    await Console.Error.WriteLineAsync(
        $"Unknown: {unknown}. Known are engines, check, --rounds N, --seed S, --only NAME,NAME and --list.");
    return 2;
}

var rounds = Argument("--rounds", 50);
var seed = Argument("--seed", 20261125);
var root = new DirectoryInfo(AppContext.BaseDirectory);
while (root is not null && !File.Exists(Path.Combine(root.FullName, "EcmrGateway.sln")))
{
    root = root.Parent;
}

var program = Path.Combine(
    root?.FullName ?? ".", "artifacts/gateway/ecmr-gateway.dll");
if (!File.Exists(program))
{
    await Console.Error.WriteLineAsync("Build the gateway first: make gateway");
    return 2;
}

if (args.Contains("--list"))
{
    Console.WriteLine(string.Join('\n', EngineFaults.All.Select(fault => fault.Name)));
    return 0;
}

if (args is ["check", ..])
{
    return await new EngineCheck(program, seed).RunAsync();
}

if (args is ["engines", ..])
{
    var only = Array.IndexOf(args, "--only") is var named and >= 0 && named + 1 < args.Length
        ? args[named + 1].Split(',', StringSplitOptions.RemoveEmptyEntries)
        : [];
    return await new EngineRounds(program, rounds, seed).RunAsync(only);
}

var folder = Directory.CreateTempSubdirectory("ecmr-faults-").FullName;
try
{
    return await new KillRounds(program, folder, rounds, seed).RunAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static bool TakesValue(string word) => word is "--rounds" or "--seed" or "--only";

static bool IsKnown(string word) => TakesValue(word) || word is "engines" or "check" or "--list";

int Argument(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
    && int.TryParse(args[at + 1], out var value) && value > 0
        ? value
        : otherwise;
