using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0205_custody.sql</c>: securities in custody.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122020500_Custody")]
internal sealed class Custody : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0205_custody.sql");
}
