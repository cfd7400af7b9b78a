using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="LimitSetting"/> to <c>settlement_limits</c>.</summary>
internal sealed class LimitSettingMapping : IEntityTypeConfiguration<LimitSetting>
{
    public void Configure(EntityTypeBuilder<LimitSetting> builder)
    {
        builder.ToTable("settlement_limits");
        builder.HasKey(row => new { row.EntityId, row.Currency });
    }
}
