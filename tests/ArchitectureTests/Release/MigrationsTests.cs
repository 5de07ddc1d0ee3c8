namespace EcmrGateway.ArchitectureTests.Release;

public sealed class MigrationsTests
{
    /// <summary>The first 16 digits of the SHA-256 of each. A new one is added when it is released.</summary>
    private static readonly Dictionary<string, string> Released = new()
    {
        ["0001_ledger.sql"] = "8e4680040ede7758",
        ["0002_cheaper_appends.sql"] = "96db21555877a3c0",
        ["0003_histories.sql"] = "efdb189e3b65ca9f",
        ["0004_fact_reader.sql"] = "56ae0484c5f6b65f",
        ["0005_cheaper_batches.sql"] = "8fb5f4536dc950f1",
        ["0006_planned_histories.sql"] = "98bc29b8d42723d1",
        ["0007_one_call.sql"] = "72216905df9d03a0",
    };

    private static readonly SourceFile[] Files =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, Migrations.Folder), "*.sql")
            .Select(path => new SourceFile($"{Migrations.Folder}/{Path.GetFileName(path)}", File.ReadAllText(path))),
    ];

    [Fact]
    public void A_migration_that_databases_may_have_is_never_changed() =>
        Problems.None(Migrations.Faults(Files, Released));

    /// <remarks>A program that runs while the next one migrates goes on with the tables that it knows.</remarks>
    [Fact]
    public void A_migration_takes_nothing_away_that_a_running_program_uses() =>
        Problems.None(Files.SelectMany(Migrations.Removals));

    [Fact]
    public void A_change_a_gap_and_a_loss_are_found()
    {
        SourceFile first = new("0001_a.sql", "CREATE TABLE a ();"), third = new("0003_c.sql", "CREATE TABLE c ();");

        Assert.Equal(
            [
                "0001_a.sql: it may be in databases already; write the next one instead",
                "0003_c.sql: a migration 0002 should come here", "0002_b.sql: it is in databases already and cannot go",
            ],
            Migrations.Faults([first, third], new Dictionary<string, string>
            {
                ["0001_a.sql"] = Migrations.HashOf(third),
                ["0002_b.sql"] = "",
            }));
    }

    [Theory]
    [InlineData("DROP TABLE ledger.entries;", 1)]
    [InlineData("ALTER TABLE ledger.entries DROP COLUMN salt;", 1)]
    [InlineData("alter table ledger.entries rename to other;", 1)]
    [InlineData("ALTER TABLE ledger.ids ALTER COLUMN idx SET NOT NULL;", 1)]
    [InlineData("-- Nothing is told to DROP TABLE here.\nCREATE INDEX i ON ledger.ids (idx);", 0)]
    [InlineData("ALTER TABLE ledger.subjects DROP CONSTRAINT subjects_pkey;", 0)]
    public void What_is_taken_away_is_found(string sql, int found) =>
        Assert.Equal(found, Migrations.Removals(new("0001_a.sql", sql)).Count());
}
