using Npgsql;
using Settlement.Domain;
using Temporalio.Exceptions;

namespace Settlement.Activities.Failures;

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
