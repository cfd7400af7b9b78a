using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Settlement.Domain;

namespace Settlement.Database.Migrations;

/// <summary>
/// The schema as of the first deployment: the scripts of Migrations/Scripts in the order of their names, with the trigger's table of transitions
/// filled from <see cref="SettlementTransitions"/>. A later change is a later migration, forward only, that may be run again; one that changes the
/// domain's table of transitions fills the trigger's again (a test compares the two).
/// </summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261201000000_Baseline")]
internal sealed class Baseline : Migration
{
    private static readonly string[] BeforeTransitions = ["0001_settlements.sql", "0002_ledger.sql", "0003_records.sql", "0004_guards.sql"];

    private static readonly string[] AfterTransitions = ["0005_api.sql", "0006_operations.sql", "0007_record_guards.sql", "0008_jobs_archive.sql", "0009_custody.sql"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var script in BeforeTransitions)
            migrationBuilder.Sql(Read(script));
        migrationBuilder.Sql(Transitions());
        foreach (var script in AfterTransitions)
            migrationBuilder.Sql(Read(script));
    }

    private static string Transitions()
    {
        var rows = SettlementTransitions.All.Select(row => $"('{UpperSnake.Of(row.Kind)}', '{UpperSnake.Of(row.From)}', '{UpperSnake.Of(row.To)}')");
        return $"""
            DELETE FROM settlement.settlement_transition_rules;
            INSERT INTO settlement.settlement_transition_rules (kind, from_status, to_status) VALUES {string.Join(",\n", rows)};
            """;
    }

    private static string Read(string script)
    {
        using var stream = typeof(Baseline).Assembly.GetManifestResourceStream(script)
            ?? throw new InvalidOperationException($"The migration script {script} is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
