using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0003_records.sql</c>.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122000300_Records")]
internal sealed class Records : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0003_records.sql");
}
