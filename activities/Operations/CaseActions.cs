using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Activities.Failures;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operations;

/// <summary>Runs an action on a case as a step of the case's settlement: with its row locked, in one transaction, once per operator and request id.</summary>
public sealed class CaseActions(NpgsqlDataSource dataSource, StepRunner steps)
{
    private static readonly StepName Action = new("case");

    /// <summary>Runs the action, or gives its first answer.</summary>
    /// <param name="caseId">Which case.</param>
    /// <param name="name">Of the action: <c>assign</c>, <c>close</c>.</param>
    /// <param name="action">Who, why, under which request id.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="body">Gets the case as it is now. A refusal is an answer, so that the attempt stays recorded.</param>
    /// <exception cref="ApplicationFailureException">There is no such case, or the action was refused.</exception>
    internal async Task<OperationReply> RunAsync(
        Guid caseId, string name, OperatorAction action, DateTimeOffset asOf, Func<StepContext, AttentionCase, Task<CaseAnswer>> body)
    {
        if (await SettlementOfAsync(caseId) is not { } settlementId)
            throw new ApplicationFailureException("There is no such case.", OperatorRefusals.NotNow, nonRetryable: true);
        var step = StepNames.Of(Action, name, $"{action.Operator}/{action.RequestId}");
        var result = await Refusals.GuardAsync(() => steps.RunActionAsync(settlementId, step, asOf, async context =>
        {
            var one = await context.Cases.FindAsync(caseId)
                ?? throw new SettlementException(SettlementFailure.InvalidRequest, "The case has gone.");
            var answer = one.State == CaseState.Resolved
                ? CaseAnswer.Refused($"the case was closed by {one.ResolvedBy}")
                : await body(context, one);
            return answer with { Reference = context.Settlement.Reference, Reason = UpperSnake.Of(one.Reason) };
        }, Actions.Cancellation));
        if (result.Value is { Refusal: { } refusal } refused)
            throw new ApplicationFailureException(refusal, refused.RefusalType, nonRetryable: true);
        return new OperationReply
        {
            Target = $"case:{caseId:D}", Message = result.Value.Message!, SettlementId = settlementId, Reference = result.Value.Reference,
            CaseReason = result.Value.Reason,
        };
    }

    private async Task<Guid?> SettlementOfAsync(Guid caseId)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        return await context.Cases.Where(row => row.CaseId == caseId).Select(row => row.SettlementId).SingleOrDefaultAsync(Actions.Cancellation);
    }
}

/// <summary>What became of an action on a case; kept with its step.</summary>
/// <param name="Message">What happened; null if refused.</param>
/// <param name="Refusal">Why not, in words; null if done.</param>
/// <param name="RefusalType">Stable error type of a refusal.</param>
/// <param name="Reference">Of the settlement.</param>
/// <param name="Reason">Of the case.</param>
internal sealed record CaseAnswer(string? Message, string? Refusal, string? RefusalType, string? Reference, string? Reason)
{
    public static CaseAnswer Done(string message) => new(message, null, null, null, null);

    public static CaseAnswer Refused(string why, string type = OperatorRefusals.NotNow) => new(null, why, type, null, null);
}

/// <summary>The flag of a settlement when one of its cases was closed.</summary>
internal static class CaseFlags
{
    /// <summary>The flag stays up for the newest case that is still open. If there is none it goes down, unless an open settlement has it up for something else.</summary>
    public static async Task LowerFlagAsync(this StepContext step, AttentionReason closed, Actor actor)
    {
        var left = (await step.Cases.OpenOnesAsync()).LastOrDefault(other => other.Reason != closed);
        if (left is not null)
            step.RaiseAttention(left.Reason, actor, $"{UpperSnake.Of(closed)} is closed, {UpperSnake.Of(left.Reason)} is not", left.Owner);
        else if (step.Settlement.AttentionReason == closed || step.Settlement.Status.IsTerminal())
            step.ClearAttention(actor, $"{UpperSnake.Of(closed)} is closed");
    }
}
