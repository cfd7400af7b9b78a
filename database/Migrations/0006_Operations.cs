using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0006_operations.sql</c>: operators' actions outside of settlements, tickets for cases, returns.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122010600_Operations")]
internal sealed class Operations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0006_operations.sql");
}
