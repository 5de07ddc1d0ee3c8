using System.Collections.Concurrent;
using System.Diagnostics;
using EcmrGateway.PathTests.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>Listeners are of the whole process, so nothing else may run beside these tests.</summary>
[CollectionDefinition(nameof(SamplingTests), DisableParallelization = true)]
public sealed class SamplingCollection;

/// <summary>Whether a call is traced is decided before an activity is made.</summary>
[Collection(nameof(SamplingTests))]
public sealed class SamplingTests
{
    private const string Sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string NotSampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    [Theory]
    [InlineData("1", NotSampled)]
    [InlineData("0", "")]
    [InlineData("0", Sampled)]
    public async Task A_call_that_is_not_traced_has_no_activity(string ratio, string parent)
    {
        var (spans, before) = await SubmitAsync(ratio, parent, calls: 3);

        Assert.Empty(spans);
        Assert.All(before, Assert.Null);
    }

    [Theory]
    [InlineData("1", "", 3)]
    [InlineData("0.000001", Sampled, 3)]
    public async Task A_call_that_is_traced_has_the_gateways_span_and_no_other(string ratio, string parent, int calls)
    {
        var (spans, before) = await SubmitAsync(ratio, parent, calls);

        Assert.Equal(calls, spans.Count);
        Assert.All(before, Assert.Null);
        Assert.All(spans, span =>
        {
            Assert.Equal("ecmr.ingress.v1.IngressService/Submit", span.DisplayName);
            Assert.Equal("OK", span.GetTagItem("rpc.response.status_code"));
            Assert.Equal(parent.Length > 0, span.HasRemoteParent);
            Assert.Equal(parent.Length > 0, span.TraceId.ToString() == Sampled[3..35]);
        });
    }

    [Fact]
    public async Task So_many_calls_are_traced_as_the_ratio_says()
    {
        var (spans, _) = await SubmitAsync("0.25", parent: "", calls: 600);

        // Five standard deviations either way.
        Assert.InRange(spans.Count, 97, 203);
    }

    [Fact]
    public async Task No_call_has_an_activity_when_nobody_listens()
    {
        var (_, before) = await SubmitAsync("1", parent: "", calls: 3, listens: false);

        Assert.All(before, Assert.Null);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    public void A_ratio_that_is_none_is_refused(string ratio)
    {
        var refusal = Assert.Throws<EcmrGateway.Host.Roles.SettingException>(() => EcmrGateway.Host.GatewayHost.Build(
            [.. RunningGateway.Arguments("unused"), $"--Telemetry:SampleRatio={ratio}"]));

        Assert.Contains("Telemetry:SampleRatio", refusal.Message, StringComparison.Ordinal);
    }

    /// <returns>Spans of the calls, and what ASP.NET Core had made before the gateway saw each.</returns>
    private static async Task<(IReadOnlyCollection<Activity> Spans, IReadOnlyCollection<Activity?> Before)> SubmitAsync(
        string ratio, string parent, int calls, bool listens = true)
    {
        var ended = new ConcurrentQueue<Activity>();
        var before = new ConcurrentQueue<Activity?>();
        using var listener = listens ? Spans.Listen(ended) : null;
        await using var gateway = await RunningGateway.StartAsync(
            settings: [$"--Telemetry:SampleRatio={ratio}"],
            configure: builder => builder.Services.AddSingleton<IStartupFilter>(new Before(before)));
        var headers = await gateway.AsAsync("submitter");
        if (parent.Length > 0)
        {
            headers.Add("traceparent", parent);
        }

        // Without the client's own, which would be a parent.
        Activity.Current = null;
        for (var call = 0; call < calls; call++)
        {
            await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);
        }

        return ([.. ended.Where(span => span.Kind == ActivityKind.Server)], before);
    }

    private sealed class Before(ConcurrentQueue<Activity?> seen) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(following => context =>
            {
                seen.Enqueue(Activity.Current);
                return following(context);
            });
            next(app);
        };
    }
}
