using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>
/// All states of MONEY.md. <c>UPPER_SNAKE</c> in the database and search attributes, <c>lower_snake</c> in JSON
/// (<see cref="UpperSnake"/>); filters accept both.
/// </summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<SettlementStatus>))]
public enum SettlementStatus
{
    Pending,
    AwaitingApproval,
    /// <summary>Waits for its value date and window.</summary>
    Scheduled,
    FundsLocked,
    TransferInitiated,
    /// <summary>The instruction may have reached the bank; the lock stays.</summary>
    OutcomeUnknown,
    Confirmed,
    Settled,
    RollingBack,
    /// <summary>Failed with proof that no money moved; open, waits for Retry, Cancel or a deadline.</summary>
    AwaitingRetry,
    Failed,
    Cancelled,
    Initiated,
    SellerSecuritiesLocked,
    BuyerCashLocked,
    Executing,
    PartiallySettled,
}

/// <summary>What is settled. Each kind has its own transitions, see <see cref="SettlementTransitions"/>.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<SettlementKind>))]
public enum SettlementKind
{
    /// <summary>A payment between banks, due now or on its value date.</summary>
    Cash,
    /// <summary>Quantity times price, due on T+n.</summary>
    Purchase,
    /// <summary>Securities against cash.</summary>
    Dvp,
}
