using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="JobRun"/> to <c>job_runs</c>.</summary>
internal sealed class JobRunMapping : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_runs");
        builder.HasKey(row => new { row.Job, row.Slot });
        builder.Property(row => row.Detail).HasColumnType("jsonb");
    }
}
