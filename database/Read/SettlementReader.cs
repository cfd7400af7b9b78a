using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Reads settlements and what belongs to them, within a scope. All lists are bounded.</summary>
public sealed class SettlementReader(SettlementDbContext context)
{
    private static readonly SettlementStatus[] Terminal = [SettlementStatus.Settled, SettlementStatus.Failed, SettlementStatus.Cancelled];

    /// <summary>A settlement by its id, or null if there is none within the scope.</summary>
    public Task<SettlementTransaction?> FindAsync(Guid settlementId, ReadScope scope, CancellationToken cancellationToken = default) =>
        Within(scope).SingleOrDefaultAsync(row => row.SettlementId == settlementId, cancellationToken);

    /// <summary>A settlement by its reference, or null if there is none within the scope.</summary>
    public Task<SettlementTransaction?> FindAsync(string reference, ReadScope scope, CancellationToken cancellationToken = default) =>
        Within(scope).SingleOrDefaultAsync(row => row.Reference == reference, cancellationToken);

    /// <summary>Settlements, newest first.</summary>
    /// <param name="filter">Narrows.</param>
    /// <param name="scope">Whose.</param>
    /// <param name="limit">1 to <see cref="Page{T}.MaxLimit"/>.</param>
    /// <param name="cursor">From the page before; null: from the newest.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.InvalidRequest"/>: the cursor is none of ours.</exception>
    public async Task<Page<SettlementTransaction>> ListAsync(
        SettlementFilter filter, ReadScope scope, int limit, string? cursor = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        limit = Math.Min(limit, Page<SettlementTransaction>.MaxLimit);
        var rows = Narrow(Within(scope), filter);
        if (cursor is not null)
        {
            if (!Guid.TryParseExact(cursor, "N", out var after))
                throw new SettlementException(SettlementFailure.InvalidRequest, "The cursor is not one that this list has given.");
            rows = rows.Where(row => row.SettlementId < after);
        }

        var items = await rows.OrderByDescending(row => row.SettlementId).Take(limit + 1).ToListAsync(cancellationToken);
        if (items.Count <= limit)
            return new Page<SettlementTransaction>(items, null);
        items.RemoveAt(limit);
        return new Page<SettlementTransaction>(items, items[^1].SettlementId.ToString("N"));
    }

    /// <summary>State changes, oldest first; a settlement outside the scope has none.</summary>
    public Task<List<StatusHistoryEntry>> HistoryAsync(Guid settlementId, ReadScope scope, CancellationToken cancellationToken = default) =>
        context.StatusHistory.Where(row => row.SettlementId == settlementId && Within(scope).Any(owner => owner.SettlementId == settlementId))
            .OrderBy(row => row.HistoryId).Take(1000).ToListAsync(cancellationToken);

    /// <summary>Executed steps, oldest first.</summary>
    public Task<List<OperationCheckpoint>> CheckpointsAsync(Guid settlementId, ReadScope scope, CancellationToken cancellationToken = default) =>
        context.Checkpoints.Where(row => row.SettlementId == settlementId && Within(scope).Any(owner => owner.SettlementId == settlementId))
            .OrderBy(row => row.RecordedAt).Take(1000).ToListAsync(cancellationToken);

    /// <summary>Compensations, oldest first.</summary>
    public Task<List<CompensationTransaction>> CompensationsAsync(Guid settlementId, ReadScope scope, CancellationToken cancellationToken = default) =>
        context.Compensations.Where(row => row.SettlementId == settlementId && Within(scope).Any(owner => owner.SettlementId == settlementId))
            .OrderBy(row => row.RecordedAt).Take(1000).ToListAsync(cancellationToken);

    /// <summary>Instructions to the bank, oldest first.</summary>
    public Task<List<BankInstruction>> InstructionsAsync(Guid settlementId, ReadScope scope, CancellationToken cancellationToken = default) =>
        context.BankInstructions.Where(row => row.SettlementId == settlementId && Within(scope).Any(owner => owner.SettlementId == settlementId))
            .OrderBy(row => row.RecordedAt).Take(1000).ToListAsync(cancellationToken);

    /// <summary>Cases, oldest first.</summary>
    public Task<List<AttentionCase>> CasesAsync(Guid settlementId, ReadScope scope, CancellationToken cancellationToken = default) =>
        context.Cases.Where(row => row.SettlementId == settlementId && Within(scope).Any(owner => owner.SettlementId == settlementId))
            .OrderBy(row => row.OpenedAsOf).Take(1000).ToListAsync(cancellationToken);

    /// <summary>
    /// PENDING rows that were recorded before an instant: their starter may have died before it started the workflow. The
    /// workflow is started from <see cref="SettlementTransaction.WorkflowInput"/>; its id makes that harmless. Those that a
    /// person has been called for, because their input cannot be started, are left to that person.
    /// </summary>
    public Task<List<SettlementTransaction>> UnstartedAsync(DateTimeOffset recordedBefore, int limit, CancellationToken cancellationToken = default)
    {
        var before = recordedBefore.ToUniversalTime();
        return context.Settlements
            .Where(row => row.Status == SettlementStatus.Pending && row.RecordedAt < before
                && (row.AttentionReason == null || row.AttentionReason != AttentionReason.Unstartable))
            .OrderBy(row => row.SettlementId).Take(limit).ToListAsync(cancellationToken);
    }

    private static IQueryable<SettlementTransaction> Narrow(IQueryable<SettlementTransaction> rows, SettlementFilter filter)
    {
        if (filter.Statuses is { } statuses)
            rows = rows.Where(row => statuses.Contains(row.Status));
        if (filter.OpenOnly)
            rows = rows.Where(row => !Terminal.Contains(row.Status));
        if (filter.AccountNumber is { } account)
            rows = rows.Where(row => row.DebtorAccount == account);
        if (filter.EntityId is { } entity)
            rows = rows.Where(row => row.EntityId == entity);
        if (filter.Currency is { } currency)
            rows = rows.Where(row => row.Currency == currency);
        if (filter.Kind is { } kind)
            rows = rows.Where(row => row.Kind == kind);
        if (filter.NeedsAttention is { } attention)
            rows = rows.Where(row => row.NeedsAttention == attention);
        if (filter.CreatedFrom?.ToUniversalTime() is { } from)
            rows = rows.Where(row => row.CreatedAsOf >= from);
        return filter.CreatedBefore?.ToUniversalTime() is { } before ? rows.Where(row => row.CreatedAsOf < before) : rows;
    }

    private IQueryable<SettlementTransaction> Within(ReadScope scope) =>
        scope.EntityId is { } entity ? context.Settlements.Where(row => row.EntityId == entity) : context.Settlements;
}

/// <summary>What a list of settlements is narrowed to; null: not narrowed.</summary>
public sealed record SettlementFilter
{
    public IReadOnlyCollection<SettlementStatus>? Statuses { get; init; }

    /// <summary>Number of the debtor account.</summary>
    public string? AccountNumber { get; init; }

    public string? EntityId { get; init; }

    public string? Currency { get; init; }

    public SettlementKind? Kind { get; init; }

    public bool? NeedsAttention { get; init; }

    /// <summary>Created at or after, business time.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created before, business time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only those not in SETTLED, FAILED or CANCELLED.</summary>
    public bool OpenOnly { get; init; }
}

/// <summary>Whose rows a reader may see. Everything outside is as if it did not exist.</summary>
/// <param name="EntityId">Only this entity's rows; null: all (auditors, administrators, the system itself).</param>
public sealed record ReadScope(string? EntityId)
{
    public static readonly ReadScope All = new((string?)null);

    public static ReadScope Of(string entityId) => new(entityId);
}

/// <summary>One page of a list, newest first.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="NextCursor">To be handed in for the next page; null: this was the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>The longest page (API.md).</summary>
    public const int MaxLimit = 200;
}
