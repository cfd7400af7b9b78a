using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0201_record_guards.sql</c>.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122020100_RecordGuards")]
internal sealed class RecordGuards : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0201_record_guards.sql");
}
