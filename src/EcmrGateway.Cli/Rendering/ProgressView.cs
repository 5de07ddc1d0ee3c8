using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EcmrGateway.Cli.Rendering;

/// <summary>A progress bar with a rate on standard error; nothing where that is no terminal.</summary>
internal static class ProgressView
{
    /// <param name="total">Null: not known.</param>
    /// <param name="work">Calls the action with the number of things that are done.</param>
    public static async Task<T> RunAsync<T>(
        IAnsiConsole console, string title, long? total, Func<Action<long>, Task<T>> work)
    {
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
        {
            return await work(static _ => { }).ConfigureAwait(false);
        }

        ProgressColumn[] columns = total is null
            ? [new SpinnerColumn(), new TaskDescriptionColumn(), new CountColumn(), new ElapsedTimeColumn()]
            : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new CountColumn(),
                new RemainingTimeColumn()];
        return await console.Progress().Columns(columns).AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask(title, maxValue: total ?? double.MaxValue);
            return await work(done => task.Value = done).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>How many, and how many a second since the start.</summary>
    private sealed class CountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
            var rate = seconds > 0.5 ? task.Value / seconds : 0;
            return new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value,9:N0} {rate,8:N0}/s"));
        }
    }
}
