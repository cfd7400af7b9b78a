using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Reads cases within a scope: those of the entity's settlements. All lists are bounded.</summary>
public sealed class CaseReader(SettlementDbContext context)
{
    /// <summary>A case with its settlement, or null if there is none within the scope.</summary>
    public async Task<CaseOfSettlement?> FindAsync(Guid caseId, ReadScope scope, CancellationToken cancellationToken = default) =>
        (await Joined(scope).Where(row => row.Case.CaseId == caseId).ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Cases, oldest first: what has waited longest stands on top.</summary>
    /// <param name="filter">Narrows.</param>
    /// <param name="scope">Whose.</param>
    /// <param name="limit">1 to <see cref="Page{T}.MaxLimit"/>.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.InvalidRequest"/>: the cursor is none of ours.</exception>
    public async Task<Page<CaseOfSettlement>> ListAsync(
        CaseFilter filter, ReadScope scope, int limit, string? cursor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        limit = Math.Clamp(limit, 1, Page<CaseOfSettlement>.MaxLimit);
        var rows = Joined(scope);
        if (filter.State is { } state)
            rows = rows.Where(row => row.Case.State == state);
        if (filter.Reason is { } reason)
            rows = rows.Where(row => row.Case.Reason == reason);
        if (filter.Owner is { } owner)
            rows = rows.Where(row => row.Case.Owner == owner);
        if (filter.SettlementId is { } settlement)
            rows = rows.Where(row => row.Case.SettlementId == settlement);
        if (cursor is not null)
        {
            if (!Guid.TryParseExact(cursor, "N", out var after))
                throw new SettlementException(SettlementFailure.InvalidRequest, "The cursor is not one that this list has given.");
            rows = rows.Where(row => row.Case.CaseId > after);
        }

        // Case ids are UUIDv7: their order is that of opening.
        var items = await rows.OrderBy(row => row.Case.CaseId).Take(limit + 1).ToListAsync(cancellationToken);
        if (items.Count <= limit)
            return new Page<CaseOfSettlement>(items, null);
        items.RemoveAt(limit);
        return new Page<CaseOfSettlement>(items, items[^1].Case.CaseId.ToString("N"));
    }

    private IQueryable<CaseOfSettlement> Joined(ReadScope scope)
    {
        var entity = scope.EntityId;
        return from one in context.Cases
               join settlement in context.Settlements on one.SettlementId equals settlement.SettlementId
               where entity == null || settlement.EntityId == entity
               select new CaseOfSettlement { Case = one, Reference = settlement.Reference, EntityId = settlement.EntityId, StartedBy = settlement.CreatedBy };
    }
}

/// <summary>Narrows a list of cases; null does not.</summary>
public sealed record CaseFilter(CaseState? State = null, AttentionReason? Reason = null, string? Owner = null, Guid? SettlementId = null);

/// <summary>A case and whose it is.</summary>
public sealed class CaseOfSettlement
{
    public required AttentionCase Case { get; init; }

    /// <summary>Reference of the settlement.</summary>
    public required string Reference { get; init; }

    public required string EntityId { get; init; }

    /// <summary>Who started the settlement, and therefore never approves.</summary>
    public required string StartedBy { get; init; }
}
