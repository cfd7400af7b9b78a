using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>
/// The closed set of reasons for which the business refuses or fails. The member's name is the stable error type that
/// workflows see (<see cref="SettlementFailures.ErrorType"/>); its UPPER_SNAKE form is stored and shown.
/// </summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<SettlementFailure>))]
public enum SettlementFailure
{
    /// <summary>The request cannot be read as what it says it is.</summary>
    InvalidRequest,
    /// <summary>No such settlement.</summary>
    UnknownSettlement,
    /// <summary>No such account.</summary>
    UnknownAccount,
    /// <summary>The account is closed or blocked.</summary>
    AccountUnavailable,
    /// <summary>The account belongs to another entity than the one that asks.</summary>
    EntityMismatch,
    /// <summary>The currency is not in ISO 4217, or is not served.</summary>
    UnknownCurrency,
    /// <summary>Two amounts or an amount and an account differ in currency.</summary>
    CurrencyMismatch,
    /// <summary>More decimals than the currency has.</summary>
    CurrencyExponent,
    /// <summary>Quantity times price does not come out in whole minor units.</summary>
    AmountNotExact,
    /// <summary>Zero or negative where a positive amount is required.</summary>
    AmountNotPositive,
    /// <summary>Beyond what 64-bit minor units or the column can hold.</summary>
    AmountTooLarge,
    /// <summary>Above the limit of the entity, corridor or day.</summary>
    LimitExceeded,
    /// <summary>Payer and payee are the same account.</summary>
    SameAccount,
    /// <summary>No settlement window is known for rail and currency.</summary>
    UnknownWindow,
    /// <summary>The window is closed, and the request does not accept to wait.</summary>
    WindowClosed,
    /// <summary>No such business calendar.</summary>
    UnknownCalendar,
    /// <summary>A date lies outside the range for which the calendar was published.</summary>
    CalendarExpired,
    /// <summary>The value date is no business day, too far back or too far ahead.</summary>
    ValueDateInvalid,
    /// <summary>A name, BIC or country is on the screening list.</summary>
    ComplianceHit,
    /// <summary>The screening list is missing or older than a day: nothing passes.</summary>
    ComplianceListUnavailable,
    /// <summary>A kill switch forbids it at this moment.</summary>
    SwitchedOff,
    /// <summary>The UETR is in use by another instruction.</summary>
    DuplicateUetr,
    /// <summary>The same trade or reference exists already.</summary>
    DuplicateReference,
    /// <summary>The same idempotency key came with another body.</summary>
    IdempotencyConflict,
    /// <summary>Available balance (posted minus held, above the floor) does not cover the amount.</summary>
    InsufficientFunds,
    /// <summary>The lock has been posted, voided or has expired.</summary>
    LockNotActive,
    /// <summary>The status table does not allow the step.</summary>
    InvalidTransition,
    /// <summary>The bank refused, and has moved no money.</summary>
    BankRejected,
    /// <summary>The bank cannot be reached, and has not been given the instruction.</summary>
    BankUnavailable,
    /// <summary>The instruction may have reached the bank; what became of it is not known.</summary>
    OutcomeUnknown,
    /// <summary>The confirmation names another amount, currency or party than the instruction.</summary>
    ConfirmationMismatch,
    /// <summary>The bank refused to give the money back.</summary>
    RecallRefused,
    /// <summary>A compensation does not succeed.</summary>
    CompensationFailed,
    /// <summary>An approver said no.</summary>
    ApprovalRejected,
    /// <summary>No approver answered in time.</summary>
    ApprovalExpired,
    /// <summary>The ticket is unknown, used, expired or for something else.</summary>
    TicketInvalid,
    /// <summary>The same person on both sides of a four-eyes action.</summary>
    FourEyesViolated,
    /// <summary>A deadline has passed.</summary>
    DeadlineExceeded,
    /// <summary>An operator cancelled it.</summary>
    CancelledByOperator,
    /// <summary>All attempts allowed are used up.</summary>
    RetriesExhausted,
}

/// <summary>Text forms of <see cref="SettlementFailure"/>.</summary>
public static class SettlementFailures
{
    /// <summary>The stable error type carried by application failures in Temporal: the member's own name.</summary>
    public static string ErrorType(this SettlementFailure failure) => failure.ToString();

    /// <summary>The stored form, for example <c>INSUFFICIENT_FUNDS</c>.</summary>
    public static string ToCode(this SettlementFailure failure) => UpperSnake.Of(failure);

    /// <summary>Reads an error type or a stored code back.</summary>
    public static bool TryParse(string? text, out SettlementFailure failure) => UpperSnake.TryParse(text, out failure);
}

/// <summary>
/// A business refusal with its reason from the closed set. The message is meant for the caller: it holds no secrets and
/// no names of other entities. Activities turn it into an application failure of type <see cref="SettlementFailures.ErrorType"/>.
/// </summary>
public sealed class SettlementException : Exception
{
    public SettlementException(SettlementFailure failure, string message)
        : base(message) => Failure = failure;

    public SettlementException(SettlementFailure failure, string message, Exception innerException)
        : base(message, innerException) => Failure = failure;

    /// <summary>Which of the closed set.</summary>
    public SettlementFailure Failure { get; }
}
