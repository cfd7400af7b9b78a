using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The ledger within a step: pending transfers and postings of this settlement's attempt.</summary>
public sealed class StepLedger
{
    private readonly StepContext context;

    internal StepLedger(StepContext context) => this.context = context;

    /// <summary>
    /// Locks all amounts or none. The refusal is an answer and no exception, so that the step can record it in this same
    /// transaction. Two that race for the last money are put in order by the accounts' rows: exactly one is held.
    /// </summary>
    public async Task<HoldOutcome> HoldAsync(DateTimeOffset expiresAt, IReadOnlyList<Hold> holds)
    {
        if (holds.Count == 0 || holds.Any(hold => !hold.Amount.IsPositive))
            throw new ArgumentException("A hold locks positive amounts on at least one account.", nameof(holds));
        if (holds.DistinctBy(hold => hold.AccountId).Count() != holds.Count)
            throw new ArgumentException("Each account is locked once per attempt.", nameof(holds));
        var rows = await context.QueryAsync(
            Sql.Command("SELECT refused_account, refusal FROM settlement.ledger_hold($1, $2, $3, $4, $5, $6, $7, $8)",
                context.Key.SettlementId,
                context.Key.Attempt,
                holds.Select(_ => Guid.CreateVersion7()).ToArray(),
                holds.Select(hold => hold.AccountId).ToArray(),
                holds.Select(hold => hold.Amount.AmountMinor).ToArray(),
                holds.Select(hold => hold.Amount.Currency.Code).ToArray(),
                expiresAt.ToUniversalTime(),
                context.AsOf),
            reader => reader.IsDBNull(1)
                ? new HoldOutcome(null, null)
                : new HoldOutcome(UpperSnake.Parse<SettlementFailure>(reader.GetString(1)), reader.GetGuid(0)));
        return rows.Single();
    }

    /// <summary>
    /// Posts the attempt's pending transfer: its locks become these legs. Every locked account must lose exactly what is
    /// locked on it, and no other account may lose anything.
    /// </summary>
    /// <returns>The transfer's id.</returns>
    public Guid PostLocked(IReadOnlyList<Leg> legs, DateOnly valueDate, string description) =>
        Post(TransferKind.Settlement, legs, valueDate, description, locked: true);

    /// <summary>Posts a transfer that no lock covers: suspense, return, correction.</summary>
    /// <returns>The transfer's id.</returns>
    public Guid PostUnlocked(TransferKind kind, IReadOnlyList<Leg> legs, DateOnly valueDate, string description) =>
        kind is TransferKind.Settlement or TransferKind.Opening
            ? throw new ArgumentException("A settlement posts its locks; accounts open outside of settlements.", nameof(kind))
            : Post(kind, legs, valueDate, description, locked: false);

    /// <summary>
    /// Adds legs in securities to a transfer that this step posts: delivery and payment are one. Every instrument sums to zero, and nobody
    /// delivers what is not there (<see cref="SettlementFailure.InsufficientFunds"/> on flush).
    /// </summary>
    /// <param name="transferId">What <see cref="PostLocked"/> or <see cref="PostUnlocked"/> has returned in this same step.</param>
    /// <param name="legs">At least two.</param>
    public void Deliver(Guid transferId, IReadOnlyList<Delivery> legs)
    {
        if (legs.GroupBy(leg => leg.Instrument).Any(group => group.Sum(leg => leg.Quantity) != 0))
            throw new ArgumentException("The legs leave something over; a transfer sums to zero per instrument.", nameof(legs));
        context.QueuePosting(CustodyBook.DeliverCommand(transferId, legs));
    }

    /// <summary>Releases what the attempt still holds.</summary>
    /// <returns>The number of locks released; 0 if there was nothing, which is no error.</returns>
    public async Task<int> VoidAsync(string reason)
    {
        var rows = await context.QueryAsync(
            Sql.Command("SELECT settlement.ledger_void($1, $2, $3, $4)",
                context.Key.SettlementId, context.Key.Attempt, Text.Clip(reason, 1000)!, context.AsOf),
            reader => reader.GetInt32(0));
        return rows.Single();
    }

    /// <summary>From here on the locks do not expire: the instruction may reach the bank.</summary>
    /// <exception cref="SettlementException">On flush: <see cref="SettlementFailure.LockNotActive"/> if a lock has expired or ended.</exception>
    public void Freeze() => context.Queue(Sql.Command("SELECT settlement.ledger_freeze($1, $2, $3)",
        context.Key.SettlementId, context.Key.Attempt, context.AsOf));

    /// <summary>All locks of the settlement, of all attempts.</summary>
    public Task<List<FundLock>> LocksAsync() => context.QueryAsync(
        Sql.Command("""
            SELECT lock_id, settlement_id, attempt, account_id, currency, amount_minor, state, placed_as_of, expires_at, frozen_as_of,
                   ended_as_of, end_reason, transfer_id, recorded_at
              FROM settlement.fund_locks WHERE settlement_id = $1 ORDER BY attempt, account_id
            """, context.Key.SettlementId),
        reader => new FundLock
        {
            LockId = reader.GetGuid(0),
            SettlementId = reader.GetGuid(1),
            Attempt = reader.GetInt32(2),
            AccountId = reader.GetGuid(3),
            Currency = reader.GetString(4),
            AmountMinor = reader.GetInt64(5),
            State = UpperSnake.Parse<FundLockState>(reader.GetString(6)),
            PlacedAsOf = reader.GetFieldValue<DateTimeOffset>(7),
            ExpiresAt = reader.GetFieldValue<DateTimeOffset>(8),
            FrozenAsOf = reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
            EndedAsOf = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10),
            EndReason = reader.IsDBNull(11) ? null : reader.GetString(11),
            TransferId = reader.IsDBNull(12) ? null : reader.GetGuid(12),
            RecordedAt = reader.GetFieldValue<DateTimeOffset>(13),
        });

    private Guid Post(TransferKind kind, IReadOnlyList<Leg> legs, DateOnly valueDate, string description, bool locked)
    {
        var transferId = Guid.CreateVersion7();
        context.QueuePosting(LedgerCommands.Post(transferId, kind, context.Key, description, valueDate, context.AsOf, legs, locked));
        return transferId;
    }
}
