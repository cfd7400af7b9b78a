using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs <c>0203_jobs_archive.sql</c>: run ledger of jobs, statements, archive.</summary>
[DbContext(typeof(SettlementDbContext))]
[Migration("20261122020300_JobsArchive")]
internal sealed class JobsArchive : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => MigrationScript.Run(migrationBuilder, "0203_jobs_archive.sql");
}
