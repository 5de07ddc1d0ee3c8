using System.Net.Sockets;
using EcmrGateway.Host.Roles;
using EcmrGateway.Host.Shutdown;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Host;

/// <summary>Starts the gateway and says in one line what is wrong when it cannot start.</summary>
public static class GatewayProgram
{
    /// <summary>Exit code where a setting or the environment keeps the gateway from starting.</summary>
    public const int CannotStart = 2;

    /// <summary>Exit code where a service that the process cannot do without ended while it served.</summary>
    public const int Failed = 1;

    /// <summary>Serves until it is told to stop; with a command as the first argument, does that and ends.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args)
            {
                case [MigrateCommand.Name, ..]:
                    await MigrateCommand.RunAsync(args[1..]);
                    return 0;
                case [EraseCommand.Name, ..]:
                    await EraseCommand.RunAsync(args[1..]);
                    return 0;
                case [var first, ..] when first.Length > 0 && !first.Contains('=') && first[0] is not ('-' or '/'):
                    throw new SettingException(
                        $"there is no command {first}, but \"{MigrateCommand.Name}\" and \"{EraseCommand.Name}\". A "
                        + "setting begins with --.");
                default:
                    return await ServeAsync(args);
            }
        }
        catch (Exception refusal) when (IsExpected(refusal))
        {
            return await SayAsync(refusal);
        }
    }

    private static async Task<int> ServeAsync(string[] args)
    {
        await using var app = GatewayHost.Build(args);

        // Taken before the services are disposed of with the end of the run.
        var topic = app.Services.GetRequiredService<TopicCheck>();
        var watch = app.Services.GetRequiredService<ServiceWatch>();
        try
        {
            await RunAsync(app);
        }
        catch (OperationCanceledException) when (topic.Refusal is not null || watch.HasFailed)
        {
            // Told to stop while it started.
        }

        return topic.Refusal is { } late ? await SayAsync(late) : watch.HasFailed ? Failed : 0;
    }

    private static async Task RunAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // Else the host takes what the failed start cancels in the background for faults, and logs each.
            app.Lifetime.StopApplication();
            throw;
        }

        await app.WaitForShutdownAsync();
    }

    private static bool IsExpected(Exception failure) => failure
        is OptionsValidationException or SettingException or LedgerOpenException or TopicException or IOException
        or UnauthorizedAccessException or SocketException or InvalidDataException or FormatException
        || IsOfBinder(failure);

    /// <summary>A value that is of another kind than its setting; the message names both.</summary>
    private static bool IsOfBinder(Exception failure) =>
        failure is InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };

    private static string MessageOf(Exception refusal) => refusal switch
    {
        // What the attributes say names the type of the options where a reader knows their section.
        OptionsValidationException wrong => string.Join(' ', wrong.Failures).Replace(
            $"{wrong.OptionsType.Name}.", $"{SectionOf(wrong.OptionsType)}:", StringComparison.Ordinal),
        IOException { InnerException: AddressInUseException } =>
            $"{refusal.Message} Another program has the port: end it, or set another Url in Kestrel:Endpoints.",
        _ => refusal.Message,
    };

    private static string SectionOf(Type options) =>
        options.Name.Replace("Options", "", StringComparison.Ordinal);

    private static async Task<int> SayAsync(Exception refusal)
    {
        var line = string.Join(' ', MessageOf(refusal).Split('\n', StringSplitOptions.TrimEntries));
        await Console.Error.WriteLineAsync($"ecmr-gateway cannot start: {line}");
        return CannotStart;
    }
}
