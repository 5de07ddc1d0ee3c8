using EcmrGateway.HotStore;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Doctor;

/// <summary>The settings of a gateway, from where the gateway reads them.</summary>
internal sealed class Settings
{
    private const string Check = "settings";

    private static readonly (string Section, Type Options)[] Sections =
    [
        (LedgerOptions.Section, typeof(LedgerOptions)), (StreamOptions.Section, typeof(StreamOptions)),
        (HotStoreOptions.Section, typeof(HotStoreOptions)),
    ];

    private readonly List<string> _problems = [];

    /// <summary>Binds and checks as a start does; opens nothing.</summary>
    public Settings(IConfiguration configuration)
    {
        _problems.AddRange(SettingNames.Unknown(configuration, Sections));
        Access = configuration["Roles"] is { } roles
            ? LedgerAccessRule.Of(roles.Split(',', StringSplitOptions.TrimEntries))
            : LedgerAccess.Append;
        using var services = new ServiceCollection().AddSingleton(configuration).AddLogging()
            .AddNoteLedger(Access).AddFactStream().AddHotStore().BuildServiceProvider();
        Ledger = Read<LedgerOptions>(services);
        Stream = Read<StreamOptions>(services);
        HotStore = Read<HotStoreOptions>(services);
        if (StreamRegistration.MismatchOf(configuration) is { } mismatch)
        {
            _problems.Add(mismatch);
        }
    }

    /// <summary>What the roles do with the ledger, and so which keys they have.</summary>
    public LedgerAccess Access { get; }

    /// <summary>Null: the section cannot be used, as are the others.</summary>
    public LedgerOptions? Ledger { get; }

    public StreamOptions? Stream { get; }

    public HotStoreOptions? HotStore { get; }

    public IEnumerable<Finding> Findings() => _problems.Count == 0
        ? [Finding.Ok(
            Check, $"Ledger {Ledger!.Engine}, stream {Stream!.Engine}, hot store {HotStore!.Engine}: all can be read.")]
        : _problems.Select(problem => Finding.Wrong(
            Check, problem, "Correct it where it is set: appsettings.json, the environment or the command line."));

    private T? Read<T>(IServiceProvider services)
        where T : class
    {
        try
        {
            return services.GetRequiredService<IOptions<T>>().Value;
        }
        catch (OptionsValidationException failure)
        {
            _problems.AddRange(failure.Failures);
        }
        catch (InvalidOperationException failure)
        {
            // A value that is of another kind than its setting.
            _problems.Add(failure.Message);
        }

        return null;
    }
}
