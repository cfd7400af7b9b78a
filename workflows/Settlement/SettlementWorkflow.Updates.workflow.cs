using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// What every update has in common: the input is checked, an action that makes no sense now is refused with the reason, the
/// action is written to audit before it takes effect, and a repeated request id gets the first answer.
/// </summary>
public sealed partial class SettlementWorkflow
{
    private static readonly TimeSpan LongestExtension = TimeSpan.FromDays(30);

    /// <summary>Answers by request id; an entry without an answer is still at work.</summary>
    private readonly Dictionary<string, (string Update, OperatorReply? Reply)> answers = new(StringComparer.Ordinal);

    private async Task<OperatorReply> PerformAsync(
        string update, OperatorAction action, Func<OperatorRecord, (string Message, int RetryCount)> takeEffect)
    {
        if (answers.ContainsKey(action.RequestId))
        {
            await Workflow.WaitConditionAsync(
                () => !answers.TryGetValue(action.RequestId, out var answer) || answer.Reply is not null, CancellationToken.None);
            if (answers.TryGetValue(action.RequestId, out var first))
                return first.Reply!;
        }

        answers[action.RequestId] = (update, null);
        try
        {
            var record = await RecordAsync(update, action);
            if (record.Refusal is { } ticketRefusal)
                throw new ApplicationFailureException(
                    ticketRefusal, (record.RefusalKind ?? SettlementFailure.TicketInvalid).ErrorType(), nonRetryable: true);
            // The step under way may be about to make it possible; or the settlement has moved on while the action was recorded.
            await Workflow.WaitConditionAsync(() => RefusalOf(update, status) is null || heading.Length == 0 || continuing, CancellationToken.None);
            if (RefusalOf(update, status) is { } refusal)
                throw new ApplicationFailureException(refusal, OperatorRefusals.NotNow, nonRetryable: true);
            var (message, retryCount) = takeEffect(record);
            Note($"operator:{update.ToLowerInvariant()}", $"{record.Actor.Name}: {action.Reason}");
            var reply = new OperatorReply
            {
                SettlementId = request.SettlementId,
                Status = UpperSnake.Lower(status),
                RetryCount = retryCount,
                Message = message,
            };
            answers[action.RequestId] = (update, reply);
            // Read at once, even where the action wakes nothing: what is paused says so, and offers to go on.
            Workflow.CurrentDetails = Details();
            return reply;
        }
        catch (FailureException)
        {
            // A failed action may be sent again under the same id: it has had no effect.
            answers.Remove(action.RequestId);
            throw;
        }
    }

    private async Task<OperatorRecord> RecordAsync(string update, OperatorAction action)
    {
        var step = new StepInput { SettlementId = request.SettlementId, Attempt = attempt, AsOf = Now };
        var input = OperatorActionInput.Of(step, update, action, request.StartedBy);
        try
        {
            return await Workflow.ExecuteActivityAsync(
                (IPeopleActivities activity) => activity.RecordOperatorActionAsync(input),
                ActivityPolicies.Operator($"{update} by {action.Operator}"));
        }
        catch (ActivityFailureException exception) when (exception.InnerException is ApplicationFailureException inner)
        {
            throw new ApplicationFailureException(inner.Message, inner.ErrorType, nonRetryable: true);
        }
    }

    /// <summary>Runs in validators: reads only, refuses by exception.</summary>
    private void Check(string update, OperatorAction action)
    {
        if (OperatorInput.ProblemOf(update, action) is { } problem)
            throw new ApplicationFailureException(problem, OperatorRefusals.InvalidInput, nonRetryable: true);
        if (answers.TryGetValue(action.RequestId, out var known))
        {
            if (known.Update != update)
                throw new ApplicationFailureException("request_id was used for another action", OperatorRefusals.InvalidInput, nonRetryable: true);
            return;
        }

        if (action is ExtendDeadlineAction extension && (extension.Until <= (deadline ?? Now) || extension.Until > Now + LongestExtension))
            throw new ApplicationFailureException(
                $"until must be later than the present deadline and at most {LongestExtension.Days} days ahead",
                OperatorRefusals.InvalidInput, nonRetryable: true);
        if (RefusalOf(update, status) is { } refusal && !heading.Any(next => RefusalOf(update, next) is null))
            throw new ApplicationFailureException(refusal, OperatorRefusals.NotNow, nonRetryable: true);
    }
}
