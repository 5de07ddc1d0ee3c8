using EcmrGateway.Host;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>What keeps the gateway from starting is said in one line, with an exit code.</summary>
public sealed class CannotStartTests
{
    [Fact]
    public async Task Second_gateway_on_the_same_folder_ends_with_a_code()
    {
        await using var first = await RunningGateway.StartAsync();

        var code = await GatewayProgram.RunAsync(RunningGateway.Arguments(first.Folder));

        Assert.Equal(GatewayProgram.CannotStart, code);
    }

    [Fact]
    public async Task Folder_with_another_kind_of_database_ends_with_a_code()
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-path-").FullName;
        await using (var gateway = await RunningGateway.StartAsync(folder))
        {
            Assert.NotEmpty(Directory.GetFiles(folder));
        }

        foreach (var database in Directory.GetFiles(folder, "*.db*"))
        {
            await File.WriteAllTextAsync(database, "not a database", TestContext.Current.CancellationToken);
        }

        var code = await GatewayProgram.RunAsync(RunningGateway.Arguments(folder));

        Assert.Equal(GatewayProgram.CannotStart, code);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Kafka_over_a_ledger_in_a_folder_ends_with_a_code()
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-path-").FullName;

        var code = await GatewayProgram.RunAsync(
            [
                .. RunningGateway.Arguments(folder), "--Stream:Engine=Kafka",
                "--Stream:Kafka:BootstrapServers=127.0.0.1:1",
            ]);

        Assert.Equal(GatewayProgram.CannotStart, code);
        Directory.Delete(folder, recursive: true);
    }
}
