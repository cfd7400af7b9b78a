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
    private int holds;

    /// <summary>Somebody says that calendars, windows or switches have changed.</summary>
    private bool lookAgain;

    /// <summary>
    /// States to which the step under way may lead: the database may be there already, and whoever reads it may act on it.
    /// </summary>
    private SettlementStatus[] heading = [];

    private async Task<bool> ValidateAsync()
    {
        if (Passed(ProcessPhase.Validate))
            return true;
        if (!await MayGoOnAsync())
            return false;
        var input = new ValidateInput
        {
            SettlementId = request.SettlementId, Attempt = attempt, AsOf = Now, Approved = approval is { Granted: true },
        };
        heading = [SettlementStatus.AwaitingApproval, SettlementStatus.Scheduled];
        schedule = await UntilDoneAsync("validate", () => Workflow.ExecuteActivityAsync(
            (ILifecycleActivities activity) => activity.ValidateAsync(input),
            ActivityPolicies.Step(input.Approved ? "validate again, approved" : "validate")));
        EnterFrom(schedule.Status, schedule.Failure, schedule.Detail);
        return schedule.Failure is null;
    }

    private async Task<bool> LockAsync()
    {
        if (Passed(ProcessPhase.Lock))
            return true;
        if (!await MayGoOnAsync())
            return false;
        fundsMayBeLocked = true;
        var input = Input();
        heading = [SettlementStatus.FundsLocked];
        var result = await UntilDoneAsync("lock", () => Workflow.ExecuteActivityAsync(
            (ILedgerActivities activity) => activity.LockAsync(input), ActivityPolicies.Step("lock funds")));
        EnterFrom(result.Status, result.Failure, result.Detail);
        fundsMayBeLocked = result.Failure is null;
        return fundsMayBeLocked;
    }

    private async Task<bool> TransferAsync()
    {
        if (Passed(ProcessPhase.Transfer))
            return true;
        BankAnswer answer;
        while (true)
        {
            // An instruction that an earlier run has begun may have reached the bank: it is finished, whatever else is wanted.
            if (instruction is null && !await MayGoOnAsync())
                return false;
            instruction ??= NewInstruction();
            Show("the bank's first answer");
            heading = [SettlementStatus.TransferInitiated];
            answer = await UntilDoneAsync("transfer", InstructAsync);
            if (answer.Outcome != BankOutcome.Held)
                break;
            await HoldAsync(answer.Detail);
        }

        Enter(SettlementStatus.TransferInitiated);
        await CalmAsync(AttentionReason.Paused);
        Adopt(answer.RecordedUetr);
        Learn(answer, "answer");
        return true;
    }

    /// <summary>After a reset the books may know this attempt under another UETR than the one that was drawn now: theirs is the one that was sent.</summary>
    private void Adopt(string? recorded)
    {
        if (recorded is null || recorded == instruction!.Uetr)
            return;
        instructions.Remove(instruction.Uetr);
        instruction = instructions[recorded] = new Instruction(recorded, attempt);
    }

    /// <summary>A kill switch holds it back before the point of no return: nothing was recorded, nothing sent. It waits until it may be tried again.</summary>
    private async Task HoldAsync(string? why)
    {
        heading = [];
        instructions.Remove(instruction!.Uetr);
        instruction = null;
        await RaiseAsync(AttentionReason.Paused, why ?? "a kill switch holds transfers back");
        lookAgain = false;
        var pause = Backoff.Of(1, timings.MaxHoldIntervalSeconds, holds++);
        await WaitAsync("a kill switch to be released", () => lookAgain || StopRequested, Now + pause);
    }

    /// <summary>A return refers to the original payment's UETR; a payment has a new one in every attempt.</summary>
    private Instruction NewInstruction()
    {
        var made = new Instruction(request.ReturnOf?.Uetr ?? Uetr.From(Workflow.NewGuid()).ToString(), attempt);
        return instructions[made.Uetr] = made;
    }

    private Task<BankAnswer> InstructAsync()
    {
        if (request.ReturnOf is not null)
            return RequestReturnAsync();
        var input = new TransferInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Uetr = instruction!.Uetr,
            Bank = request.Bank,
            BankCallTimeoutSeconds = timings.BankCallTimeoutSeconds,
        };
        return Workflow.ExecuteActivityAsync(
            (IBankActivities activity) => activity.TransferAsync(input),
            ActivityPolicies.Transfer($"instruct {request.Bank}, UETR {instruction.Uetr}", timings));
    }

    private Task<BankAnswer> RequestReturnAsync()
    {
        var input = new ReturnInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Bank = request.Bank,
            Return = request.ReturnOf!,
            BankCallTimeoutSeconds = timings.BankCallTimeoutSeconds,
        };
        return Workflow.ExecuteActivityAsync(
            (IBankActivities activity) => activity.RequestReturnAsync(input),
            ActivityPolicies.Transfer($"ask {request.Bank} to return UETR {input.Return.Uetr}", timings));
    }

    private async Task<bool> ConfirmAsync()
    {
        if (Passed(ProcessPhase.Outcome))
            return true;
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
            (ILifecycleActivities activity) => activity.ConfirmAsync(input),
            ActivityPolicies.Step($"confirm by {verdict.Source}")));
        Enter(SettlementStatus.Confirmed);
        return true;
    }

    private async Task<bool> FinalizeAsync()
    {
        if (Passed(ProcessPhase.Finalize))
            return true;
        var input = Input();
        await UntilDoneAsync("finalize", () => Workflow.ExecuteActivityAsync(
            (ILedgerActivities activity) => activity.FinalizeAsync(input), ActivityPolicies.Step("post the transfer")));
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
