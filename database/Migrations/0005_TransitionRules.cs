using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Settlement.Domain;

namespace Settlement.Database.Migrations;

/// <summary>
/// Fills the trigger's table from <see cref="SettlementTransitions"/>. A later change of the domain's table needs a later
/// migration that does the same again; a test compares the two.
/// </summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122000500_TransitionRules")]
internal sealed class TransitionRules : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var rows = SettlementTransitions.All.Select(row => $"('{UpperSnake.Of(row.Kind)}', '{UpperSnake.Of(row.From)}', '{UpperSnake.Of(row.To)}')");
        migrationBuilder.Sql($"""
            DELETE FROM settlement.settlement_transition_rules;
            INSERT INTO settlement.settlement_transition_rules (kind, from_status, to_status) VALUES {string.Join(",\n", rows)};
            """);
    }
}
