using EcmrGateway.Cli;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Cli;

/// <summary>The command line with consoles that are read back, a clock that stands, and no environment.</summary>
internal sealed class CliTestHost : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 20, 0, TimeSpan.Zero);

    private readonly StringWriter _output = new();
    private readonly Dictionary<string, string> _variables = [];

    public TestConsole Screen { get; } = new TestConsole().Width(100);

    public TestConsole Notices { get; } = new TestConsole().Width(100);

    public MemoryStream Input { get; init; } = new();

    public FakeTimeProvider Time { get; } = new(Now);

    public string Output => _output.ToString();

    public CliTestHost With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public Task<int> RunAsync(params string[] arguments)
    {
        var host = new CliHost(_output, Screen, Notices, Input, Time, name => _variables.GetValueOrDefault(name));
        return new CliApp(host).RunAsync(arguments, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Screen.Dispose();
        Notices.Dispose();
        _output.Dispose();
        Input.Dispose();
    }
}
