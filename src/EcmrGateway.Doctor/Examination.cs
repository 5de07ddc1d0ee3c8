using Microsoft.Extensions.Configuration;

namespace EcmrGateway.Doctor;

/// <summary>Looks whether a gateway with these settings is well; changes nothing.</summary>
public static class Examination
{
    /// <summary>The settings as a gateway reads them: later ones count.</summary>
    /// <param name="file">An appsettings.json; null: none.</param>
    /// <param name="arguments">As on the gateway's command line: --Section:Name=value.</param>
    /// <exception cref="InvalidDataException">The file cannot be read as JSON.</exception>
    public static IConfiguration ReadSettings(string? file, string[] arguments)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        return builder.AddEnvironmentVariables().AddCommandLine(arguments).Build();
    }

    /// <returns>A finding of each check at least, in an order that does not change.</returns>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        IConfiguration configuration, TimeProvider time, CancellationToken cancellation)
    {
        var settings = new Settings(configuration);
        List<Finding> findings = [.. settings.Findings(), .. Machine.Findings(settings.Ledger, settings.Access)];
        findings.AddRange(await LedgerExam.RunAsync(settings.Ledger, settings.Access, time, cancellation));
        findings.AddRange(await StreamExam.RunAsync(settings.Stream, time, cancellation));
        findings.AddRange(await HotStoreExam.RunAsync(settings.HotStore, time, cancellation));
        findings.AddRange(await Surroundings.RunAsync(configuration, settings.Access, cancellation));
        return findings;
    }
}
