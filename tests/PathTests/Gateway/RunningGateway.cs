using System.Net.Http.Json;
using System.Text.Json;
using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using Ecmr.Receipt.V1;
using EcmrGateway.Host;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EcmrGateway.PathTests.Gateway;

/// <summary>
/// A whole gateway in this process: all roles, embedded engines unless others are set, ports of its own.
/// </summary>
public sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string[] _settings;
    private readonly Dictionary<string, string> _tokens = [];

    private RunningGateway(WebApplication app, string folder, bool ownsFolder, string[] settings)
    {
        _app = app;
        Folder = folder;
        OwnsFolder = ownsFolder;
        _settings = settings;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        GrpcAddress = addresses.First();
        HttpAddress = addresses.Last();
        Channel = GrpcChannel.ForAddress(GrpcAddress);
        Http = new HttpClient { BaseAddress = new Uri(HttpAddress) };
    }

    public string Folder { get; }

    public string GrpcAddress { get; }

    public string HttpAddress { get; }

    public GrpcChannel Channel { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public IngressService.IngressServiceClient Ingress => new(Channel);

    public InspectionService.InspectionServiceClient Inspection => new(Channel);

    private bool OwnsFolder { get; set; }

    public static async Task<RunningGateway> StartAsync(
        string? folder = null, Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("ecmr-path-").FullName;
        var app = GatewayHost.Build([.. Arguments(data), .. settings], builder =>
        {
            builder.Logging.ClearProviders();
            configure?.Invoke(builder);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningGateway(app, data, ownsFolder: folder is null, settings);
    }

    /// <summary>The command line of a gateway with its data in a folder, on free ports of the loopback.</summary>
    public static string[] Arguments(string folder) =>
    [
        "--environment=Development",
        $"--Ledger:Folder={folder}",
        "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
        "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
        "--Logging:LogLevel:Default=Warning",
    ];

    /// <summary>Headers with a sandbox token.</summary>
    public async Task<Metadata> AsAsync(string role, string party = "acme")
    {
        var key = $"{role}:{party}";
        if (!_tokens.TryGetValue(key, out var token))
        {
            using var response = await Http.PostAsJsonAsync(
                "/sandbox/token", new { role, party }, TestContext.Current.CancellationToken);
            response.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse(
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            token = json.RootElement.GetProperty("access_token").GetString()!;
            _tokens[key] = token;
        }

        return new Metadata { { "authorization", $"Bearer {token}" } };
    }

    /// <summary>Waits, a minute at most, until every committed fact is scored and no rebuild runs.</summary>
    /// <param name="recorded">Of all that is in the ledger, where other processes recorded it: this one learns of it a
    /// little later, and calls its ranking complete until then.</param>
    public async Task WaitUntilRankedAsync(params IEnumerable<Receipt> recorded)
    {
        var entries = recorded.GroupBy(receipt => receipt.TreeHead.LogId)
            .Sum(log => (long)log.Max(receipt => receipt.LeafIndex) + 1);
        var headers = await AsAsync("inspector", "ilt");
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var areas = await Inspection.ListAreasAsync(new(), headers);
            var list = await Inspection.ListRankedVehiclesAsync(new() { Area = areas.Areas[0].Area_ }, headers);
            if (list.Completeness is { RebuiltPercent: 100 } done && done.ScoredPosition >= done.NewestPosition
                && (long)done.ScoredPosition >= entries - 1)
            {
                return;
            }

            await Task.Delay(
                TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The facts were not ranked within a minute.");
    }

    /// <summary>Stops the gateway and starts it again on the same data, with further settings.</summary>
    public async Task<RunningGateway> RestartAsync(params string[] settings)
    {
        OwnsFolder = false;
        await DisposeAsync();
        var next = await StartAsync(Folder, configure: null, [.. _settings, .. settings]);
        next.OwnsFolder = true;
        return next;
    }

    /// <summary>Ends its work; it can be started again or disposed of then.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Http.Dispose();
        Channel.Dispose();
        if (OwnsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
