using EcmrGateway.Ledger.Postgres;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>The tables as an older program left them: its migrations and no later one.</summary>
internal static class OlderTables
{
    private const string Prefix = "EcmrGateway.Ledger.Postgres.Migrations.";

    /// <param name="owner">Connection string of who is to own the tables.</param>
    /// <param name="newest">The last migration, by its number: "0003".</param>
    public static async Task CreateAsync(string owner, string newest)
    {
        await LedgerLogin.RunAsync(
            owner,
            """
            CREATE SCHEMA ledger;
            CREATE TABLE ledger.migrations (
              schemaversionsid serial PRIMARY KEY, scriptname varchar(255) NOT NULL, applied timestamp NOT NULL);
            """);
        var assembly = typeof(PostgresNoteLedger).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(name[Prefix.Length..], $"{newest}~") < 0)
            {
                using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
                await LedgerLogin.RunAsync(owner, $"BEGIN;\n{await script.ReadToEndAsync()}\nCOMMIT;");
                await LedgerLogin.RunAsync(
                    owner, $"INSERT INTO ledger.migrations (scriptname, applied) VALUES ('{name}', now())");
            }
        }

        await LedgerLogin.RunAsync(owner, "GRANT SELECT ON ledger.migrations TO ecmr_gateway");
    }
}
