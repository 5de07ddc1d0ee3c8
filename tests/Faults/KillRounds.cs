using EcmrGateway.Client.Sample;
using Ecmr.Note.V1;

namespace EcmrGateway.Faults;

/// <summary>
/// Rounds of: start, check what is held, load, kill. At the end the ranking is compared with a cold one.
/// </summary>
internal sealed class KillRounds(string program, string folder, int rounds, int seed)
{
    private const string Party = "faults";
    /// <summary>The gateway dies this long after the round's first receipt at most.</summary>
    private const int LoadMsMax = 1_500;

    private static readonly TimeSpan WarmWithin = TimeSpan.FromSeconds(20);

    private readonly Random _random = new(seed);
    private readonly Load _load = new();
    private int _lost;
    private int _unverifiable;
    private int _next;

    public async Task<int> RunAsync()
    {
        using var gateway = new GatewayProcess(program, folder);
        var generator = new NoteGenerator(new SampleOptions
        {
            Count = 1_000_000,
            Seed = (ulong)seed,
            Around = TimeProvider.System.GetUtcNow(),
        });
        var doubled = 0;
        for (var round = 1; round <= rounds; round++)
        {
            await gateway.StartAsync();
            var before = _load.Held.Keys.ToHashSet();
            await LoadAndKillAsync(gateway, () => Next(generator));
            await gateway.StartAsync();
            var audit = await AuditAsync(gateway);
            Count(await audit.CheckHeldAsync(_load, _load.Held.Keys.Where(id => !before.Contains(id))));
            await gateway.KillAsync();
            Console.WriteLine(
                $"round {round}: {_load.Held.Count} receipts, {_load.Unanswered.Count} unanswered, "
                + $"{_lost} lost, {_unverifiable} unverifiable");
        }

        var differs = await FinishAsync(gateway, count => doubled = count);
        doubled += _load.Doubled.Count;
        Console.WriteLine(differs
            ? "ranking: DIFFERS from a recomputation from the ledger"
            : "ranking: equals a recomputation from the ledger");
        Console.WriteLine(
            $"rounds {rounds}, receipts {_load.Held.Count}, lost {_lost}, doubled {doubled}, "
            + $"unverifiable {_unverifiable}");
        return _lost + doubled + _unverifiable > 0 || differs ? 1 : 0;
    }

    /// <summary>Submits what was never answered, checks everything held, and compares warm with cold.</summary>
    private async Task<bool> FinishAsync(GatewayProcess gateway, Action<int> doubled)
    {
        await gateway.StartAsync();
        var submitter = await gateway.AsAsync("submitter", Party);
        using (var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System))
        {
            var generator = new NoteGenerator(new SampleOptions
            {
                Count = 1_000_000,
                Seed = (ulong)seed + 1,
                Around = TimeProvider.System.GetUtcNow(),
            });
            await _load.RunAsync(gateway, submitter, () => Next(generator), stopping.Token);
        }

        var audit = await AuditAsync(gateway);
        Count(await audit.CheckHeldAsync(_load, _load.Held.Keys));
        doubled(await audit.CountDoubledAsync(_load.Held.Values.Max(held => held.Receipt.LeafIndex)));
        var window = TimeProvider.System.GetUtcNow();
        var warm = await audit.RankingAsync(window);
        await gateway.KillAsync();

        await gateway.StartAsync();
        var cold = await (await AuditAsync(gateway)).RankingAsync(window);
        return warm.Length == 0 || warm != cold;
    }

    private async Task LoadAndKillAsync(GatewayProcess gateway, Func<ConsignmentNote> next)
    {
        var headers = await gateway.AsAsync("submitter", Party);
        using var stopping = new CancellationTokenSource();
        var load = _load.RunAsync(gateway, headers, next, stopping.Token);
        await _load.FirstReceiptAsync(WarmWithin);
        await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(LoadMsMax)), TimeProvider.System);
        await gateway.KillAsync();
        await stopping.CancelAsync();
        await load;
    }

    private ConsignmentNote Next(NoteGenerator generator) =>
        generator.Create(Interlocked.Increment(ref _next)).Note;

    private static async Task<Audit> AuditAsync(GatewayProcess gateway) => new(
        gateway, gateway, await gateway.AsAsync("submitter", Party), await gateway.AsAsync("inspector", "ilt"));

    private void Count((int Lost, int Unverifiable) found)
    {
        _lost += found.Lost;
        _unverifiable += found.Unverifiable;
    }
}
