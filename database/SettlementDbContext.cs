using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Settlement.Database.Api;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// All tables, for reading and for reference data. Money and states are written through <see cref="StepRunner"/> and the
/// functions of the schema, never by tracking entities: see docs/database.md.
/// </summary>
public class SettlementDbContext(DbContextOptions<SettlementDbContext> options) : DbContext(options)
{
    /// <summary>Schema of all tables.</summary>
    public const string Schema = "settlement";

    public DbSet<SettlementTransaction> Settlements => Set<SettlementTransaction>();

    public DbSet<StatusHistoryEntry> StatusHistory => Set<StatusHistoryEntry>();

    public DbSet<AtomicOperation> AtomicOperations => Set<AtomicOperation>();

    public DbSet<OperationCheckpoint> Checkpoints => Set<OperationCheckpoint>();

    public DbSet<CompensationTransaction> Compensations => Set<CompensationTransaction>();

    public DbSet<AttentionCase> Cases => Set<AttentionCase>();

    public DbSet<BankInstruction> BankInstructions => Set<BankInstruction>();

    public DbSet<BankMessage> BankMessages => Set<BankMessage>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<NostroAccount> NostroAccounts => Set<NostroAccount>();

    public DbSet<VostroAccount> VostroAccounts => Set<VostroAccount>();

    public DbSet<LedgerTransfer> LedgerTransfers => Set<LedgerTransfer>();

    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    public DbSet<FundLock> FundLocks => Set<FundLock>();

    public DbSet<OutboxEvent> OutboxEvents => Set<OutboxEvent>();

    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    public DbSet<CalendarVersion> Calendars => Set<CalendarVersion>();

    public DbSet<WindowVersion> Windows => Set<WindowVersion>();

    public DbSet<WindowExtension> WindowExtensions => Set<WindowExtension>();

    public DbSet<LimitSetting> Limits => Set<LimitSetting>();

    public DbSet<ScreeningListVersion> ScreeningLists => Set<ScreeningListVersion>();

    public DbSet<KillSwitch> Switches => Set<KillSwitch>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        // Tables of the API's own classes, which nobody queries from outside of them.
        modelBuilder.Entity<ApprovalTicketRow>();
        modelBuilder.Entity<IdempotencyKeyRow>();
        modelBuilder.Entity<RefreshTokenRow>();
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (type.IsEnum)
                property.SetValueConverter(UpperSnakeValueConverter.For(type));
        }
    }
}

/// <summary>Closed sets are <c>UPPER_SNAKE</c> text in the database.</summary>
internal static class UpperSnakeValueConverter
{
    public static ValueConverter For(Type enumType) =>
        (ValueConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(enumType))!;

    private sealed class Converter<T>() : ValueConverter<T, string>(value => UpperSnake.Of(value), text => UpperSnake.Parse<T>(text))
        where T : struct, Enum;
}
