using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="CalendarVersion"/> to <c>calendars</c>.</summary>
internal sealed class CalendarVersionMapping : IEntityTypeConfiguration<CalendarVersion>
{
    public void Configure(EntityTypeBuilder<CalendarVersion> builder)
    {
        builder.ToTable("calendars");
        builder.HasKey(row => new { row.Code, row.Version });
    }
}
