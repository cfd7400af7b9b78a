using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="ScreeningListVersion"/> to <c>screening_lists</c>.</summary>
internal sealed class ScreeningListVersionMapping : IEntityTypeConfiguration<ScreeningListVersion>
{
    public void Configure(EntityTypeBuilder<ScreeningListVersion> builder)
    {
        builder.ToTable("screening_lists");
        builder.HasKey(row => row.Version);
    }
}
