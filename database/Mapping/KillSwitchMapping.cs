using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="KillSwitch"/> to <c>switches</c>.</summary>
internal sealed class KillSwitchMapping : IEntityTypeConfiguration<KillSwitch>
{
    public void Configure(EntityTypeBuilder<KillSwitch> builder)
    {
        builder.ToTable("switches");
        builder.HasKey(row => row.Name);
    }
}
