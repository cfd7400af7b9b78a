using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="WindowExtension"/> to <c>settlement_window_extensions</c>.</summary>
internal sealed class WindowExtensionMapping : IEntityTypeConfiguration<WindowExtension>
{
    public void Configure(EntityTypeBuilder<WindowExtension> builder)
    {
        builder.ToTable("settlement_window_extensions");
        builder.HasKey(row => row.ExtensionId);
    }
}
