using System.Collections.Frozen;
using Npgsql;
using Settlement.Domain;
using Temporalio.Exceptions;

namespace Settlement.Activities.Failures;

/// <summary>
/// The one table that says what a failure means: SQLSTATEs of PostgreSQL 15 (appendix A of its manual; the longest prefix that is listed
/// counts) and ISO 20022 reason codes of a bank's rejection (ExternalStatusReason1Code).
/// </summary>
public static class FailureTable
{
    private static readonly FrozenDictionary<string, FailureClass> SqlStates = Table(
        (FailureClass.Retryable, [
            "40001", "40P01",          // serialization failure, deadlock: rolled back
            "08001", "08004",          // no connection was made
            "25006",                   // read-only: the old primary of a failover
            "53",                      // out of memory, disk or connections
            "55P03",                   // lock not available
            "57014",                   // statement cancelled, and with it its transaction
            "57P03",                   // starting up or shutting down: no connection was made
        ]),
        (FailureClass.Unknown, [
            "08",                      // connection lost, perhaps during COMMIT
            "40003",                   // statement completion unknown
            "57P",                     // terminated by the administrator or by a crash, perhaps during COMMIT
            "58",                      // system error outside PostgreSQL
            "XX",                      // internal error
        ]),
        (FailureClass.Terminal, [
            "0A", "21", "22", "23", "24", "25", "26", "28", "2B", "34", "3D", "3F", "40002", "42", "44", "54", "55", "P0",
        ]));

    private static readonly FrozenDictionary<string, FailureClass> BankReasons = Table(
        (FailureClass.Retryable, [
            "AB05", "AB06", "AB07", "AB08", "AB09", "AB10", // time-out or agent offline, payment stopped
            "AM04",                    // insufficient funds: funds may come
            "ED05",                    // settlement failed
            "TM01",                    // received after the cut-off
        ]),
        (FailureClass.Unknown, [
            "AM05",     // duplicate: the bank has it already, so it may have moved money
        ]),
        (FailureClass.Terminal, [
            "AC01", "AC02", "AC03", "AC04", "AC06", "AC13", "AC14", "AG01", "AG02", "AM01", "AM02", "AM03", "AM07", "AM09", "AM10",
            "BE01", "BE04", "BE05", "BE06", "BE07", "CANC", "CNOR", "CURR", "DNOR", "DT01", "FF01", "FR01", "MD07", "MS02", "MS03",
            "RC01", "RC03", "RC04", "RR01", "RR02", "RR03", "RR04", "SL01",
        ]));

    /// <summary>Bank reasons that are listed.</summary>
    public static IReadOnlyCollection<string> KnownBankReasons => BankReasons.Keys;

    /// <summary>
    /// The class of a SQLSTATE. Steps are idempotent by their step key, so an activity answers <see cref="FailureClass.Unknown"/> by running
    /// the same step again, which finds what was committed. Unlisted states are unknown.
    /// </summary>
    /// <param name="sqlState">Five characters; null or empty (the driver lost the connection without one): unknown.</param>
    public static FailureClass OfSqlState(string? sqlState)
    {
        for (var length = sqlState?.Length ?? 0; length >= 2; length--)
        {
            if (SqlStates.TryGetValue(sqlState![..length], out var known))
                return known;
        }

        return FailureClass.Unknown;
    }

    /// <summary>
    /// The class of a rejection. A rejection proves that no money moved, so an unlisted code is <see cref="FailureClass.Terminal"/>: nothing is
    /// retried by itself for a reason that nobody has read.
    /// </summary>
    /// <param name="reasonCode">Four characters, such as AC04.</param>
    public static FailureClass OfBankReason(string? reasonCode) =>
        reasonCode is not null && BankReasons.TryGetValue(reasonCode, out var known) ? known : FailureClass.Terminal;

    private static FrozenDictionary<string, FailureClass> Table(params (FailureClass Class, string[] Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Select(code => KeyValuePair.Create(code, row.Class))).ToFrozenDictionary(StringComparer.Ordinal);
}

/// <summary>What may be done after a failure.</summary>
public enum FailureClass
{
    /// <summary>Nothing has happened; the same thing may be tried again and may then succeed.</summary>
    Retryable,
    /// <summary>Nothing has happened; trying again changes nothing until a person or the data does.</summary>
    Terminal,
    /// <summary>It may have happened. Find out by the idempotency key or the UETR before doing anything else.</summary>
    Unknown,
}

/// <summary>Failures translated once: a business refusal, or one that repeating cannot cure, is not retried by Temporal.</summary>
internal static class Refusals
{
    /// <summary>Runs; what the business or the database refuses becomes a failure that is not retried.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (SettlementException exception)
        {
            throw new ApplicationFailureException(exception.Message, exception, exception.Failure.ErrorType(), nonRetryable: true);
        }
        catch (PostgresException exception) when (FailureTable.OfSqlState(exception.SqlState) == FailureClass.Terminal)
        {
            throw new ApplicationFailureException(
                $"The database refuses the step (SQLSTATE {exception.SqlState}): {exception.MessageText}", exception, "DatabaseRefusal", nonRetryable: true);
        }
    }
}
