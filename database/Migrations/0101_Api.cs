using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0101_api.sql</c>: the starter API's own tables.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122010100_Api")]
internal sealed class Api : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0101_api.sql");
}
