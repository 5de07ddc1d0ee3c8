using EcmrGateway.Faults;

// Usage: Faults [--rounds N] [--seed S]. Kills the gateway with SIGKILL at random instants under load.
var rounds = Argument("--rounds", 50);
var seed = Argument("--seed", 20261125);
var root = new DirectoryInfo(AppContext.BaseDirectory);
while (root is not null && !File.Exists(Path.Combine(root.FullName, "EcmrGateway.sln")))
{
    root = root.Parent;
}

var program = Path.Combine(
    root?.FullName ?? ".", "src/EcmrGateway.Host/bin/Release/net10.0/ecmr-gateway.dll");
if (!File.Exists(program))
{
    await Console.Error.WriteLineAsync("Build the gateway first: make build");
    return 2;
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

int Argument(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
    && int.TryParse(args[at + 1], out var value) && value > 0
        ? value
        : otherwise;
