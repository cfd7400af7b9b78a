using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0301_tickets_of_archived_cases.sql</c>: a ticket outlives the case that it closed.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122030100_TicketsOfArchivedCases")]
internal sealed class TicketsOfArchivedCases : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0301_tickets_of_archived_cases.sql");
}
