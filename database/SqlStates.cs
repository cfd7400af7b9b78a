using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The SQLSTATEs this schema raises or meets, and what each means (class SW is ours).</summary>
public static class SqlStates
{
    /// <summary>The status table does not hold the step.</summary>
    public const string InvalidTransition = "SW001";

    /// <summary>A record that is never rewritten.</summary>
    public const string Immutable = "SW002";

    /// <summary>The lock is not active, expired, or does not cover the posting.</summary>
    public const string LockNotActive = "SW003";

    /// <summary>A transfer that does not sum to zero, or has no entries.</summary>
    public const string Unbalanced = "SW004";

    /// <summary>No such account, or not the caller's.</summary>
    public const string UnknownAccount = "SW006";

    /// <summary>Entry and account differ in currency.</summary>
    public const string CurrencyMismatch = "SW007";

    /// <summary>The account is blocked or closed.</summary>
    public const string AccountUnavailable = "SW008";

    /// <summary>A state whose promise about the money does not hold.</summary>
    public const string BrokenPromise = "SW009";

    /// <summary>An archived record that is missing or does not give its hash.</summary>
    public const string ArchiveAltered = "SW010";

    /// <summary>Name of the check that keeps posted minus held at or above the floor.</summary>
    public const string CoverConstraint = "accounts_cover";

    /// <summary>Name of the check that nobody delivers securities that are not there.</summary>
    public const string CustodyCoverConstraint = "custody_cover";

    /// <summary>Whether the same transaction, run again, may succeed: serialization failure or deadlock.</summary>
    public static bool IsRetryable(string? sqlState) =>
        sqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The business refusal that an error of the database means, or null if it is a bug or an outage.</summary>
    public static SettlementFailure? ToFailure(PostgresException exception) => exception.SqlState switch
    {
        InvalidTransition => SettlementFailure.InvalidTransition,
        LockNotActive => SettlementFailure.LockNotActive,
        UnknownAccount => SettlementFailure.UnknownAccount,
        CurrencyMismatch => SettlementFailure.CurrencyMismatch,
        AccountUnavailable => SettlementFailure.AccountUnavailable,
        PostgresErrorCodes.CheckViolation when exception.ConstraintName is CoverConstraint or CustodyCoverConstraint => SettlementFailure.InsufficientFunds,
        PostgresErrorCodes.CheckViolation when exception.ConstraintName == "case_four_eyes" => SettlementFailure.FourEyesViolated,
        PostgresErrorCodes.UniqueViolation => exception.ConstraintName switch
        {
            "bank_instructions_uetr_key" => SettlementFailure.DuplicateUetr,
            "settlement_transactions_reference_key" or "settlement_transactions_trade_id_key" => SettlementFailure.DuplicateReference,
            "settlement_one_return" => SettlementFailure.DuplicateReference,
            "ledger_posted_once" => SettlementFailure.InvalidTransition,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The refusal as an exception whose message is safe to show, or null.</summary>
    public static SettlementException? ToException(PostgresException exception) => ToFailure(exception) is { } failure
        ? new SettlementException(failure, $"The books refuse it: {exception.MessageText}.", exception)
        : null;
}
