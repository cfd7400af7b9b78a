using System.Collections.Concurrent;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Settlement.Workflows.Tests.Support;

/// <summary>
/// All activities without database and bank: they do what the test says, keep what they were asked, and refuse a
/// transition that the domain's table does not hold, as the database would.
/// </summary>
internal sealed class FakeActivities : ILifecycleActivities, ILedgerActivities, IBankActivities, IPeopleActivities
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, int> failures = new();
    private SettlementStatus status = SettlementStatus.Pending;

    public ConcurrentQueue<SettlementStatus> Path { get; } = new([SettlementStatus.Pending]);

    public ConcurrentQueue<TransferInput> Transfers { get; } = new();

    public ConcurrentQueue<OperatorActionInput> Actions { get; } = new();

    public ConcurrentQueue<AttentionInput> Attentions { get; } = new();

    public ConcurrentQueue<EscalationInput> Escalations { get; } = new();

    public ConcurrentQueue<AbsorbInput> Absorbed { get; } = new();

    public ConcurrentQueue<RecallInput> Recalls { get; } = new();

    public ConcurrentQueue<ReleaseInput> Releases { get; } = new();

    public ConcurrentQueue<ConfirmInput> Confirmations { get; } = new();

    public ConcurrentQueue<RollBackInput> RollBacks { get; } = new();

    public Func<ValidateInput, ValidationResult>? OnValidate { get; set; }

    public Func<StepInput, LockResult>? OnLock { get; set; }

    public Func<TransferInput, BankAnswer> OnTransfer { get; set; } = _ => new BankAnswer { Outcome = BankOutcome.Settled };

    public Func<EnquiryInput, BankAnswer> OnEnquire { get; set; } = _ => new BankAnswer { Outcome = BankOutcome.Unknown };

    public Func<RecallInput, RecallAnswer> OnRecall { get; set; } = _ => new RecallAnswer { Outcome = RecallOutcome.Recalled };

    public Func<OperatorActionInput, OperatorRecord> OnAction { get; set; } = input => new OperatorRecord
    {
        Actor = new Actor(input.Ticket is null || input.Action == "Resolve" ? input.Operator : "anna", ActorSource.CommandLine),
        Approver = input.Ticket is null ? null : "anna",
    };

    public ConcurrentQueue<ReturnInput> Returns { get; } = new();

    public Action<EscalationInput> OnEscalate { get; set; } = _ => { };

    public Func<RepeatableStepInput, ScheduleChange> OnReschedule { get; set; } = _ => new ScheduleChange { Changed = false };

    public Func<ReturnInput, BankAnswer> OnReturn { get; set; } = _ => new BankAnswer { Outcome = BankOutcome.Settled };

    /// <summary>What happens between the release's commit and its answer.</summary>
    public Func<Task>? AfterRelease { get; set; }

    /// <summary>Lets the next executions of an activity fail, as if what it needs were down.</summary>
    public void Fail(string activity, int times) => failures[activity] = times;

    [Activity("Validate")]
    public Task<ValidationResult> ValidateAsync(ValidateInput input) => DoAsync("Validate", () =>
    {
        var result = OnValidate?.Invoke(input) ?? new ValidationResult { Status = status };
        Move(result.Status);
        return result;
    });

    [Activity("LockFunds")]
    public Task<LockResult> LockAsync(StepInput input) => DoAsync("LockFunds", () =>
    {
        var result = OnLock?.Invoke(input) ?? new LockResult { Status = SettlementStatus.FundsLocked };
        Move(result.Status);
        return result;
    });

    [Activity("Transfer")]
    public Task<BankAnswer> TransferAsync(TransferInput input) => DoAsync("Transfer", () =>
    {
        Transfers.Enqueue(input);
        var answer = OnTransfer(input);
        if (answer.Outcome != BankOutcome.Held)
            Move(SettlementStatus.TransferInitiated);
        return answer;
    });

    [Activity("Confirm")]
    public Task ConfirmAsync(ConfirmInput input) => DoAsync("Confirm", () =>
    {
        Confirmations.Enqueue(input);
        Move(SettlementStatus.Confirmed);
        return true;
    });

    [Activity("Finalize")]
    public Task FinalizeAsync(StepInput input) => DoAsync("Finalize", () =>
    {
        Move(SettlementStatus.Settled);
        return true;
    });

    [Activity("EnquireBank")]
    public Task<BankAnswer> EnquireAsync(EnquiryInput input) => DoAsync("EnquireBank", () => OnEnquire(input));

    [Activity("RecallPayment")]
    public Task<RecallAnswer> RecallAsync(RecallInput input) => DoAsync("RecallPayment", () =>
    {
        Recalls.Enqueue(input);
        return OnRecall(input);
    });

    [Activity("BeginRollBack")]
    public Task BeginRollBackAsync(RollBackInput input) => DoAsync("BeginRollBack", () =>
    {
        RollBacks.Enqueue(input);
        Move(SettlementStatus.RollingBack);
        return true;
    });

    [Activity("ReleaseFunds")]
    public async Task ReleaseAsync(ReleaseInput input)
    {
        await DoAsync("ReleaseFunds", () =>
        {
            Releases.Enqueue(input);
            Move(input.Then);
            return true;
        });
        await (AfterRelease?.Invoke() ?? Task.CompletedTask);
    }

    [Activity("ChangeStatus")]
    public Task ChangeStatusAsync(ChangeStatusInput input) => DoAsync("ChangeStatus", () =>
    {
        Move(input.To);
        return true;
    });

    [Activity("SetAttention")]
    public Task SetAttentionAsync(AttentionInput input) => DoAsync("SetAttention", () =>
    {
        Attentions.Enqueue(input);
        return true;
    });

    [Activity("Escalate")]
    public Task EscalateAsync(EscalationInput input) => DoAsync("Escalate", () =>
    {
        OnEscalate(input);
        Escalations.Enqueue(input);
        return true;
    });

    [Activity("Reschedule")]
    public Task<ScheduleChange> RescheduleAsync(RepeatableStepInput input) => DoAsync("Reschedule", () => OnReschedule(input));

    [Activity("RequestReturn")]
    public Task<BankAnswer> RequestReturnAsync(ReturnInput input) => DoAsync("RequestReturn", () =>
    {
        Returns.Enqueue(input);
        var answer = OnReturn(input);
        if (answer.Outcome != BankOutcome.Held)
            Move(SettlementStatus.TransferInitiated, again: true);
        return answer;
    });

    [Activity("RecordOperatorAction")]
    public Task<OperatorRecord> RecordOperatorActionAsync(OperatorActionInput input) => DoAsync("RecordOperatorAction", () =>
    {
        Actions.Enqueue(input);
        return OnAction(input);
    });

    [Activity("AbsorbBankMessage")]
    public Task AbsorbAsync(AbsorbInput input) => DoAsync("AbsorbBankMessage", () =>
    {
        Absorbed.Enqueue(input);
        return true;
    });

    private Task<T> DoAsync<T>(string activity, Func<T> actionName)
    {
        lock (gate)
        {
            if (failures.TryGetValue(activity, out var left) && left > 0)
            {
                failures[activity] = left - 1;
                throw new ApplicationFailureException($"{activity} is down", "Down", nonRetryable: true);
            }

            return Task.FromResult(actionName());
        }
    }

    private void Move(SettlementStatus to, bool again = false)
    {
        if (to == status || (again && Path.Contains(to)))
            return;
        SettlementTransitions.Require(SettlementKind.Cash, status, to);
        status = to;
        Path.Enqueue(to);
    }
}
