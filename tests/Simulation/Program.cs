using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using EcmrGateway.Simulation;

// Usage: Simulation [--seconds N] [--seeds N] [--seed N [--trace]]: simulates new seeds, or one again.
// Simulation check: some seeds twice, and each promise broken once.
if (args is ["check"])
{
    return Checks.Run();
}

var seconds = Argument("--seconds") ?? 60;
var chosen = Argument("--seed");
var count = Argument("--seeds") ?? (chosen is null ? ulong.MaxValue : 1);
var first = chosen ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
Console.WriteLine($"first seed {first}");
var watch = Stopwatch.StartNew();
var traces = args.Contains("--trace");
var (done, failed) = Seeds.Run(first, count, Broken.None, traces ? Trace : null, TimeSpan.FromSeconds(seconds));
if (failed is not null)
{
    Console.WriteLine($"seed {failed.Seed} failed: {failed.Violation}; again with --seed {failed.Seed} --trace");
    return 1;
}

var perMinute = (long)(done / watch.Elapsed.TotalMinutes);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"seeds {done}, from {first}, {perMinute} a minute, failed 0"));
return 0;

static void Trace(Run run)
{
    Console.WriteLine(string.Join('\n', run.Trace));
    Console.WriteLine($"seed {run.Seed}, steps {run.Trace.Count}, trace {run.Hash}");
}

ulong? Argument(string name) =>
    Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
    && ulong.TryParse(args[at + 1], CultureInfo.InvariantCulture, out var value)
        ? value
        : null;
