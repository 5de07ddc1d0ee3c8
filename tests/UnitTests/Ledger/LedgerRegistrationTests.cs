using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger;

public sealed class LedgerRegistrationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ledger_pseudonymiser_stream_and_history_are_made_from_the_configuration()
    {
        await using var provider = Services(("Ledger:Folder", _folder.Path));

        Assert.Equal(0, provider.GetRequiredService<INoteLedger>().Head[0]);
        Assert.NotNull(provider.GetRequiredService<IFactStream>());
        Assert.Equal(-1, provider.GetRequiredService<FactHistory>().HeadOf(0));
        Assert.NotNull(provider.GetRequiredService<Pseudonymiser>());
        Assert.True(File.Exists(_folder.File("keys", "pseudonym.key")));
    }

    [Fact]
    public async Task Keys_may_be_kept_elsewhere()
    {
        await using var provider = Services(
            ("Ledger:Folder", _folder.File("data")),
            ("Ledger:SigningKeyFile", _folder.File("secrets", "sign.pem")),
            ("Ledger:PseudonymKeyFile", _folder.File("secrets", "hmac")));

        Assert.NotNull(provider.GetRequiredService<INoteLedger>());
        Assert.NotNull(provider.GetRequiredService<Pseudonymiser>());
        Assert.True(File.Exists(_folder.File("secrets", "sign.pem")));
        Assert.True(File.Exists(_folder.File("secrets", "hmac")));
        Assert.False(Directory.Exists(_folder.File("data", "keys")));
    }

    [Theory]
    [InlineData("Ledger:Folder", "")]
    [InlineData("Ledger:Engine", "Paper")]
    [InlineData("Ledger:QueueLengthMax", "0")]
    [InlineData("Ledger:BatchLengthMax", "100000")]
    [InlineData("Ledger:ReopenDelay", "00:00:00")]
    public async Task A_wrong_option_is_told_by_its_name(string key, string value)
    {
        await using var provider = Services(("Ledger:Folder", _folder.Path), (key, value));

        var failure = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<INoteLedger>);

        Assert.Contains(key.Split(':')[1], failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder();
        foreach (var (key, value) in settings)
        {
            configuration.AddInMemoryCollection([new(key, value)]);
        }

        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration.Build())
            .AddLogging()
            .AddNoteLedger()
            .AddFactStream()
            .BuildServiceProvider();
    }
}
