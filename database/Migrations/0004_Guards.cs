using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0004_guards.sql</c>.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122000400_Guards")]
internal sealed class Guards : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0004_guards.sql");
}
