using System.Reflection;
using EcmrGateway.Risk.Settings;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Settings;

public sealed class RiskSettingsTests
{
    [Fact]
    public void The_defaults_are_valid_and_the_factors_add_up_to_100()
    {
        var settings = new RiskSettings();

        Assert.Empty(settings.Validate());
        Assert.Equal(
            RiskSettings.PointsMax,
            settings.Document.PointsMax + settings.Load.PointsMax + settings.Plate.PointsMax
            + settings.DangerousGoods.PointsMax + settings.Record.PointsMax);
    }

    [Fact]
    public void The_hash_is_of_the_text_and_stays()
    {
        var settings = new RiskSettings();

        Assert.Equal(16, settings.Hash().Length);
        Assert.Equal(settings.Hash(), new RiskSettings().Hash());
        Assert.Contains("Load.AloneSteps=5:8,10:15,20:25\n", settings.CanonicalText(), StringComparison.Ordinal);
        Assert.Contains("Record.SectorPointsMilli=3000\n", settings.CanonicalText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_is_in_the_text()
    {
        var text = new RiskSettings().CanonicalText();
        var names = Leaves(typeof(RiskSettings), "").ToList();

        Assert.Equal(names.Count, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(names, name => Assert.Contains($"{name}=", text, StringComparison.Ordinal));
        Assert.True(names.Count > 30);
    }

    [Fact]
    public void Another_number_is_another_hash()
    {
        var settings = new RiskSettings();

        Assert.NotEqual(settings.Hash(), (settings with { SourcesMax = 15 }).Hash());
        Assert.NotEqual(settings.Hash(), (settings with { Load = new() { Tares = [new(int.MaxValue, 1)] } }).Hash());
        Assert.NotEqual(settings.Hash(), (settings with { Record = new() { DecayMilli = [1000, 1] } }).Hash());
    }

    [Fact]
    public void Numbers_that_contradict_each_other_are_found()
    {
        Assert.NotEmpty(new RiskSettings { Document = new() { WarningSteps = [] } }.Validate());
        Assert.NotEmpty(new RiskSettings { Document = new() { WarningSteps = [new(0, 3)] } }.Validate());
        Assert.NotEmpty(new RiskSettings { Document = new() { ConsignorPriorPermille = 400 } }.Validate());
        Assert.NotEmpty(new RiskSettings { Load = new() { AloneSteps = [new(5, 5), new(5, 6)] } }.Validate());
        Assert.NotEmpty(new RiskSettings { Load = new() { Tares = [new(3_500, 2_000)] } }.Validate());
        Assert.NotEmpty(new RiskSettings { Plate = new() { FullLoadPercent = 50 } }.Validate());
        Assert.NotEmpty(new RiskSettings { DangerousGoods = new() { KindPoints = [1, 2] } }.Validate());
        Assert.NotEmpty(new RiskSettings { Record = new() { DecayMilli = [1000, 10, 20] } }.Validate());
        Assert.NotEmpty(new RiskSettings { Record = new() { ClassPoints = [1, 30, 10, 90] } }.Validate());
        Assert.NotEmpty(new RiskSettings { Consequence = new() { UnknownCategory = 0 } }.Validate());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(11, 4)]
    [InlineData(long.MaxValue, 4)]
    public void A_value_above_a_step_has_its_points(long value, int points) =>
        Assert.Equal(points, Steps.PointsOf([new(5, 1), new(10, 4)], value));

    private static IEnumerable<string> Leaves(Type type, string prefix) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
            property.PropertyType.Name.EndsWith("Settings", StringComparison.Ordinal)
                ? Leaves(property.PropertyType, property.Name + ".")
                : [prefix + property.Name]);
}
