using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using EcmrGateway.Host.Identity;
using EcmrGateway.Host.Shutdown;
using EcmrGateway.Host.Telemetry;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Areas;
using EcmrGateway.Ingress;
using EcmrGateway.Inspection;
using EcmrGateway.Ledger;
using EcmrGateway.Scoring;
using EcmrGateway.Streaming;
using Xunit;

namespace EcmrGateway.PathTests.Chart;

/// <summary>
/// What the Helm chart sets exists: the program takes a setting that it does not know without a word.
/// </summary>
public sealed partial class ChartSettingsTests
{
    private static readonly string Chart = Path.Combine(RootOf(AppContext.BaseDirectory), "helm", "ecmr-gateway");

    private static readonly Dictionary<string, Type> Sections = new()
    {
        [AreaOptions.Section] = typeof(IList<AreaSetting>),
        [HotStoreOptions.Section] = typeof(HotStoreOptions),
        [IdentityOptions.Section] = typeof(IdentityOptions),
        [IngressOptions.Section] = typeof(IngressOptions),
        [InspectionOptions.Section] = typeof(InspectionOptions),
        [LedgerOptions.Section] = typeof(LedgerOptions),
        [ScoringOptions.Section] = typeof(ScoringOptions),
        [ShutdownOptions.Section] = typeof(ShutdownOptions),
        [StreamOptions.Section] = typeof(StreamOptions),
        [TelemetryOptions.Section] = typeof(TelemetryOptions),
    };

    [Fact]
    public void Templates_set_only_what_there_is()
    {
        var names = Directory.EnumerateFiles(Path.Combine(Chart, "templates"), "*", SearchOption.AllDirectories)
            .SelectMany(file => EnvironmentName().Matches(File.ReadAllText(file).Replace("{{ $index }}", "0",
                StringComparison.Ordinal)))
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))
            .Where(name => Sections.ContainsKey(name.Split(':')[0]))
            .ToHashSet();

        Assert.Contains("Ledger:ConnectionString", names);
        Assert.Contains("Areas:0:RadiusKm", names);
        Assert.DoesNotContain(names, name => Find(name) is null);
    }

    [Fact]
    public void The_schema_offers_only_what_there_is_and_with_the_programs_limits()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Chart, "values.schema.json")));
        var settings = schema.RootElement.GetProperty("$defs").GetProperty("settings").GetProperty("properties");

        Assert.NotEmpty(settings.EnumerateObject());
        Assert.All(settings.EnumerateObject(), setting => Assert.Equal(LimitsOf(Find(setting.Name)), Limits(setting)));
    }

    [Theory]
    [InlineData("Ledger:QueueLength")]
    [InlineData("Stream:Kafka:Relay:LingerMs")]
    [InlineData("Areas:0:Radius")]
    [InlineData("Ledger:Folder:Name")]
    public void A_setting_that_there_is_not_is_noticed(string name) => Assert.Null(Find(name));

    /// <summary>The property that a setting is bound to; null: there is none.</summary>
    private static MemberInfo? Find(string name)
    {
        var parts = name.Split(':');
        MemberInfo? found = null;
        var type = Sections[parts[0]];
        for (var i = 1; i < parts.Length; i++)
        {
            if (typeof(IEnumerable<KeyValuePair<string, string>>).IsAssignableFrom(type))
            {
                return found;
            }

            if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
            {
                type = type.GenericTypeArguments[0];
                continue;
            }

            if (type.GetProperty(parts[i]) is not { CanWrite: true } property || property.DeclaringType != type)
            {
                return null;
            }

            (found, type) = (property, property.PropertyType);
        }

        return found;
    }

    private static string LimitsOf(MemberInfo? property) => property switch
    {
        null => "there is no such setting",
        PropertyInfo { PropertyType.IsEnum: true } choice => string.Join(
            ", ", Enum.GetNames(choice.PropertyType).Order(StringComparer.Ordinal)),
        PropertyInfo { PropertyType: var type } when type == typeof(TimeSpan) => "time",
        PropertyInfo { PropertyType: var type } when type == typeof(string) =>
            property.GetCustomAttribute<RegularExpressionAttribute>() is { } rule ? $"^{rule.Pattern}$" : "text",
        _ => property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
            : "no limits",
    };

    private static string Limits(JsonProperty setting)
    {
        if (setting.Value.TryGetProperty("$ref", out var kind))
        {
            return kind.GetString() == "#/$defs/timeSpan" ? "time" : $"{kind}";
        }

        if (setting.Value.TryGetProperty("enum", out var values))
        {
            return string.Join(
                ", ", values.EnumerateArray().Select(value => value.GetString()).Order(StringComparer.Ordinal));
        }

        return setting.Value.TryGetProperty("pattern", out var pattern)
            ? pattern.GetString()!
            : $"{setting.Value.GetProperty("minimum")} to {setting.Value.GetProperty("maximum")}";
    }

    private static string RootOf(string start)
    {
        var folder = new DirectoryInfo(start);
        while (!File.Exists(Path.Combine(folder.FullName, "EcmrGateway.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No EcmrGateway.sln above {start}.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__[A-Za-z0-9_.]+")]
    private static partial Regex EnvironmentName();
}
