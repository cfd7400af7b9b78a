using System.Collections.Frozen;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Domain;

/// <summary>
/// The one table of MONEY.md "States". The database's trigger reads the same rows (a migration inserts them, and a test
/// compares); nothing else is a transition.
/// </summary>
public static class SettlementTransitions
{
    private static readonly FrozenDictionary<SettlementStatus, FrozenSet<SettlementStatus>> CashTable = Table(
        (Pending, [AwaitingApproval, Scheduled, FundsLocked, Failed, Cancelled]),
        (AwaitingApproval, [Scheduled, FundsLocked, Failed, Cancelled]),
        (Scheduled, [AwaitingApproval, FundsLocked, Failed, Cancelled]),
        (FundsLocked, [TransferInitiated, RollingBack]),
        (TransferInitiated, [Confirmed, OutcomeUnknown, RollingBack]),
        (OutcomeUnknown, [Confirmed, RollingBack]),
        (Confirmed, [Settled]),
        (RollingBack, [AwaitingRetry, Failed, Cancelled]),
        (AwaitingRetry, [AwaitingApproval, Scheduled, FundsLocked, Failed, Cancelled]));

    private static readonly FrozenDictionary<SettlementStatus, FrozenSet<SettlementStatus>> DvpTable = Table(
        (Pending, [AwaitingApproval, Initiated, Failed, Cancelled]),
        (AwaitingApproval, [Initiated, Failed, Cancelled]),
        (Initiated, [SellerSecuritiesLocked, Failed, Cancelled]),
        (SellerSecuritiesLocked, [BuyerCashLocked, RollingBack]),
        (BuyerCashLocked, [Executing, RollingBack]),
        (Executing, [Confirmed, PartiallySettled, OutcomeUnknown, RollingBack]),
        (OutcomeUnknown, [Confirmed, PartiallySettled, RollingBack]),
        (PartiallySettled, [Executing, Settled]),
        (Confirmed, [Settled]),
        (RollingBack, [Initiated, Failed, Cancelled]));

    /// <summary>SETTLED, FAILED and CANCELLED: the only states on which a workflow may complete.</summary>
    public static bool IsTerminal(this SettlementStatus status) => status is Settled or Failed or Cancelled;

    /// <summary>Whether the table holds the step.</summary>
    public static bool IsAllowed(SettlementKind kind, SettlementStatus from, SettlementStatus to) =>
        TableOf(kind).TryGetValue(from, out var targets) && targets.Contains(to);

    /// <summary>Where a settlement may go from here; empty for a terminal state and for one the kind never has.</summary>
    public static IReadOnlySet<SettlementStatus> TargetsOf(SettlementKind kind, SettlementStatus from) =>
        TableOf(kind).TryGetValue(from, out var targets) ? targets : FrozenSet<SettlementStatus>.Empty;

    /// <summary>Every row of the table, kind by kind: what the database's trigger is loaded with.</summary>
    public static IEnumerable<(SettlementKind Kind, SettlementStatus From, SettlementStatus To)> All =>
        from kind in Enum.GetValues<SettlementKind>()
        from row in TableOf(kind)
        from to in row.Value
        orderby kind, row.Key, to
        select (kind, row.Key, to);

    /// <summary>Refuses a step that the table does not hold.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.InvalidTransition"/>.</exception>
    public static void Require(SettlementKind kind, SettlementStatus from, SettlementStatus to)
    {
        if (!IsAllowed(kind, from, to))
            throw new SettlementException(SettlementFailure.InvalidTransition,
                $"A {UpperSnake.Lower(kind)} settlement cannot go from {UpperSnake.Of(from)} to {UpperSnake.Of(to)}.");
    }

    private static FrozenDictionary<SettlementStatus, FrozenSet<SettlementStatus>> TableOf(SettlementKind kind) => kind switch
    {
        SettlementKind.Cash or SettlementKind.Purchase => CashTable,
        SettlementKind.Dvp => DvpTable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such settlement kind."),
    };

    private static FrozenDictionary<SettlementStatus, FrozenSet<SettlementStatus>> Table(
        params (SettlementStatus From, SettlementStatus[] To)[] rows) =>
        rows.ToFrozenDictionary(row => row.From, row => row.To.ToFrozenSet());
}
