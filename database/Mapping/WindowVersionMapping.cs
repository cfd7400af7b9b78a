using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="WindowVersion"/> to <c>settlement_windows</c>.</summary>
internal sealed class WindowVersionMapping : IEntityTypeConfiguration<WindowVersion>
{
    public void Configure(EntityTypeBuilder<WindowVersion> builder)
    {
        builder.ToTable("settlement_windows");
        builder.HasKey(row => new { row.Rail, row.Currency, row.Version });
    }
}
