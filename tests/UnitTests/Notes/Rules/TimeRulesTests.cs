using EcmrGateway.Notes.Note;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

/// <summary>TIM-001.</summary>
public sealed class TimeRulesTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(5 * 60, true)]
    [InlineData((5 * 60) + 1, false)]
    public void What_has_happened_is_at_most_five_minutes_ahead(int secondsAhead, bool valid) => Assert.Equal(
        valid ? [] : ["TIM-001 Error taking_over.actual_time"],
        Findings(TakenOver(Now.AddSeconds(secondsAhead))));

    [Fact]
    public void No_actual_time_of_the_note_lies_in_the_future()
    {
        var ahead = new Moment(Now.AddHours(1));

        Assert.Equal(
            [
                "TIM-001 Error issue.time", "TIM-001 Error taking_over.arrived_time",
                "TIM-001 Error taking_over.departed_time", "TIM-001 Error delivery.actual_time",
                "TIM-001 Error delivery.arrived_time", "TIM-001 Error delivery.departed_time",
                "TIM-001 Error carriers[0].handover.time", "TIM-001 Error events[0].time",
            ],
            Findings(Valid with
            {
                Issue = Valid.Issue! with { Time = ahead },
                TakingOver = Valid.TakingOver! with { ArrivedTime = ahead, DepartedTime = ahead },
                Delivery = Valid.Delivery! with { ActualTime = ahead, ArrivedTime = ahead, DepartedTime = ahead },
                Carriers = [Valid.Carriers[0] with { Handover = new() { Time = ahead } }],
                Events = [new() { Time = ahead }],
            }));
    }

    [Fact]
    public void Goods_are_not_delivered_before_they_are_taken_over()
    {
        var taken = TakenOver(Now.AddHours(-3));
        ConsignmentNote Delivered(TimeSpan after) => taken with
        {
            Delivery = taken.Delivery! with { ActualTime = new(Now.AddHours(-3) + after) },
        };

        Assert.Empty(Findings(Delivered(TimeSpan.Zero)));
        Assert.Equal(["TIM-001 Error delivery.actual_time"], Findings(Delivered(TimeSpan.FromTicks(-1))));
    }

    [Fact]
    public void Goods_are_not_taken_over_before_the_note_is_made_out()
    {
        var note = TakenOver(Now.AddHours(-3));

        Assert.Empty(Findings(note with { Issue = note.Issue! with { Time = new(Now.AddHours(-3)) } }));
        Assert.Equal(
            ["TIM-001 Error taking_over.actual_time"],
            Findings(note with { Issue = note.Issue! with { Time = new(Now.AddHours(-2)) } }));
    }

    [Theory]
    [InlineData("2026-11-23T23:30:00Z", 60, true)] // Half past midnight on the 24th where it was written.
    [InlineData("2026-11-23T22:30:00Z", 60, false)]
    [InlineData("2026-11-23T10:00:00Z", null, true)] // Somewhere the 24th had begun.
    [InlineData("2026-11-23T09:59:59Z", null, false)]
    public void The_date_of_issue_is_compared_where_the_taking_over_was_written(string time, int? offset, bool valid)
    {
        var taken = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(
            valid ? [] : ["TIM-001 Error taking_over.actual_time"],
            Findings(Valid with { TakingOver = Valid.TakingOver! with { ActualTime = new(taken, offset) } }));
    }

    private static ConsignmentNote TakenOver(DateTimeOffset time) =>
        Valid with { TakingOver = Valid.TakingOver! with { ActualTime = new(time) } };
}
