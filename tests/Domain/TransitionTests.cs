using static Settlement.Domain.SettlementStatus;

namespace Settlement.Domain.Tests;

public class TransitionTests
{
    // MONEY.md "States", typed a second time on purpose: a slip in either copy shows here.
    private const string Cash = """
        PENDING: AWAITING_APPROVAL, SCHEDULED, FUNDS_LOCKED, FAILED, CANCELLED
        AWAITING_APPROVAL: SCHEDULED, FUNDS_LOCKED, FAILED, CANCELLED
        SCHEDULED: AWAITING_APPROVAL, FUNDS_LOCKED, FAILED, CANCELLED
        FUNDS_LOCKED: TRANSFER_INITIATED, ROLLING_BACK
        TRANSFER_INITIATED: CONFIRMED, OUTCOME_UNKNOWN, ROLLING_BACK
        OUTCOME_UNKNOWN: CONFIRMED, ROLLING_BACK
        CONFIRMED: SETTLED
        ROLLING_BACK: AWAITING_RETRY, FAILED, CANCELLED
        AWAITING_RETRY: AWAITING_APPROVAL, SCHEDULED, FUNDS_LOCKED, FAILED, CANCELLED
        """;

    private const string Dvp = """
        PENDING: AWAITING_APPROVAL, INITIATED, FAILED, CANCELLED
        AWAITING_APPROVAL: INITIATED, FAILED, CANCELLED
        INITIATED: SELLER_SECURITIES_LOCKED, FAILED, CANCELLED
        SELLER_SECURITIES_LOCKED: BUYER_CASH_LOCKED, ROLLING_BACK
        BUYER_CASH_LOCKED: EXECUTING, ROLLING_BACK
        EXECUTING: CONFIRMED, PARTIALLY_SETTLED, OUTCOME_UNKNOWN, ROLLING_BACK
        OUTCOME_UNKNOWN: CONFIRMED, PARTIALLY_SETTLED, ROLLING_BACK
        PARTIALLY_SETTLED: EXECUTING, SETTLED
        CONFIRMED: SETTLED
        ROLLING_BACK: INITIATED, FAILED, CANCELLED
        """;

    [Theory]
    [InlineData(SettlementKind.Cash, Cash)]
    [InlineData(SettlementKind.Purchase, Cash)]
    [InlineData(SettlementKind.Dvp, Dvp)]
    public void IsAllowed_EveryPairOfStates_AgreesWithTheDesign(SettlementKind kind, string table)
    {
        var allowed = table.Split('\n').SelectMany(line =>
        {
            var (from, to) = (line.Split(':')[0], line.Split(':')[1]);
            return to.Split(',').Select(target => (UpperSnake.Parse<SettlementStatus>(from.Trim()), UpperSnake.Parse<SettlementStatus>(target.Trim())));
        }).ToHashSet();
        foreach (var from in Enum.GetValues<SettlementStatus>())
        {
            foreach (var to in Enum.GetValues<SettlementStatus>())
                SettlementTransitions.IsAllowed(kind, from, to).ShouldBe(allowed.Contains((from, to)), $"{kind}: {from} to {to}");
        }
    }

    [Theory]
    [InlineData(SettlementKind.Cash)]
    [InlineData(SettlementKind.Purchase)]
    [InlineData(SettlementKind.Dvp)]
    public void Table_EveryReachableState_CanStillEnd(SettlementKind kind)
    {
        foreach (var state in Reachable(kind, Pending))
            Reachable(kind, state).Any(end => end.IsTerminal()).ShouldBeTrue($"{kind} {state} has no way out");
    }

    [Fact]
    public void IsTerminal_ExactlyThree_AndNothingLeadsOut()
    {
        Enum.GetValues<SettlementStatus>().Where(status => status.IsTerminal()).ShouldBe([Settled, Failed, Cancelled]);
        SettlementTransitions.All.ShouldNotContain(row => row.From.IsTerminal());
    }

    [Fact]
    public void Require_FailedFromStateWithLocks_IsRefused() =>
        Should.Throw<SettlementException>(() => SettlementTransitions.Require(SettlementKind.Cash, FundsLocked, Failed))
            .Failure.ShouldBe(SettlementFailure.InvalidTransition);

    private static HashSet<SettlementStatus> Reachable(SettlementKind kind, SettlementStatus start)
    {
        var seen = new HashSet<SettlementStatus> { start };
        var queue = new Queue<SettlementStatus>(seen);
        while (queue.TryDequeue(out var state))
        {
            foreach (var target in SettlementTransitions.TargetsOf(kind, state).Where(seen.Add))
                queue.Enqueue(target);
        }

        return seen;
    }
}
