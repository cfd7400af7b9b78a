using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0002_ledger.sql</c>.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122000200_Ledger")]
internal sealed class Ledger : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0002_ledger.sql");
}
