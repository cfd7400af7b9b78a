using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0001_settlements.sql</c>.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122000100_Settlements")]
internal sealed class Settlements : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0001_settlements.sql");
}
