using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>The five steps, in call order. Each registers its compensation before it runs.</summary>
public sealed partial class SettlementWorkflow
{
    private readonly Dictionary<string, Instruction> instructions = [];
    private Instruction? instruction;

    /// <summary>
    /// States to which the step under way may lead: the database may be there already, and whoever reads it may act on it.
    /// </summary>
    private SettlementStatus[] heading = [];

    private async Task<bool> ValidateAsync()
    {
        if (!await MayGoOnAsync())
            return false;
        var input = new ValidateInput
        {
            SettlementId = request.SettlementId, Attempt = attempt, AsOf = Now, Approved = approval is { Granted: true },
        };
        heading = [SettlementStatus.AwaitingApproval, SettlementStatus.Scheduled];
        schedule = await UntilDoneAsync("validate", () => Workflow.ExecuteActivityAsync(
            (IValidateActivity activity) => activity.ValidateAsync(input),
            ActivityPolicies.Step(input.Approved ? "validate again, approved" : "validate")));
        EnterFrom(schedule.Status, schedule.Failure, schedule.Detail);
        return schedule.Failure is null;
    }

    private async Task<bool> LockAsync()
    {
        if (!await MayGoOnAsync())
            return false;
        fundsMayBeLocked = true;
        var input = Input();
        heading = [SettlementStatus.FundsLocked];
        var result = await UntilDoneAsync("lock", () => Workflow.ExecuteActivityAsync(
            (ILockActivity activity) => activity.LockAsync(input), ActivityPolicies.Step("lock funds")));
        EnterFrom(result.Status, result.Failure, result.Detail);
        fundsMayBeLocked = result.Failure is null;
        return fundsMayBeLocked;
    }

    private async Task<bool> TransferAsync()
    {
        if (!await MayGoOnAsync())
            return false;
        instruction = new Instruction(Uetr.From(Workflow.NewGuid()).ToString(), attempt);
        instructions.Add(instruction.Uetr, instruction);
        var input = new TransferInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Uetr = instruction.Uetr,
            Bank = request.Bank,
            BankCallTimeoutSeconds = timings.BankCallTimeoutSeconds,
        };
        Show("the bank's first answer");
        heading = [SettlementStatus.TransferInitiated];
        var answer = await UntilDoneAsync("transfer", () => Workflow.ExecuteActivityAsync(
            (ITransferActivity activity) => activity.TransferAsync(input),
            ActivityPolicies.Transfer($"instruct {request.Bank}, UETR {instruction.Uetr}", timings)));
        Enter(SettlementStatus.TransferInitiated);
        Learn(answer, "answer");
        return true;
    }

    private async Task<bool> ConfirmAsync()
    {
        var verdict = await AwaitOutcomeAsync();
        if (!verdict.Moved)
        {
            await RollBackAsync(verdict);
            return false;
        }

        var input = new ConfirmInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Uetr = instruction!.Uetr,
            Source = verdict.Source,
            Actor = verdict.Actor,
            MessageId = verdict.MessageId,
            BankReference = verdict.BankReference,
            Approver = verdict.Approver,
            Evidence = verdict.Evidence,
        };
        await UntilDoneAsync("confirm", () => Workflow.ExecuteActivityAsync(
            (IConfirmActivity activity) => activity.ConfirmAsync(input),
            ActivityPolicies.Step($"confirm by {verdict.Source}")));
        Enter(SettlementStatus.Confirmed);
        return true;
    }

    private async Task<bool> FinalizeAsync()
    {
        var input = Input();
        await UntilDoneAsync("finalize", () => Workflow.ExecuteActivityAsync(
            (IFinalizeActivity activity) => activity.FinalizeAsync(input), ActivityPolicies.Step("post the transfer")));
        fundsMayBeLocked = false;
        failure = null;
        failureDetail = null;
        Enter(SettlementStatus.Settled);
        return true;
    }

    private StepInput Input() => new() { SettlementId = request.SettlementId, Attempt = attempt, AsOf = Now };

    private static DateTimeOffset Now => Workflow.UtcNow;

    private void EnterFrom(SettlementStatus to, SettlementFailure? why, string? detail)
    {
        if (why is not null)
        {
            failure = why;
            failureDetail = detail;
        }

        Enter(to);
    }

    private void Enter(SettlementStatus to)
    {
        heading = [];
        if (to == status)
            return;
        status = to;
        since = Now;
    }
}
