using Settlement.Activities.Banks;
using Settlement.Activities.Instructions;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Lifecycle;

/// <inheritdoc cref="ILifecycleActivities"/>
public sealed partial class LifecycleActivities(
    StepRunner steps, ReferenceDataCache reference, AccountDirectory accounts, IBankDirectory banks)
    : SettlementActivity(steps), ILifecycleActivities
{
    private static readonly StepName Action = StepName.Schedule.With("again");

    /// <inheritdoc/>
    [Activity("Reschedule")]
    public async Task<ScheduleChange> RescheduleAsync(RepeatableStepInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var data = await reference.GetAsync(Cancellation);
        var result = await PerformAsync(input, Action.With(input.Occurrence), step => Task.FromResult(Again(step, data)));
        return result.Value;
    }

    private static ScheduleChange Again(StepContext step, ReferenceData data)
    {
        var settlement = step.Settlement;
        if (settlement.Status.IsTerminal() || ScheduleRules.Again(settlement, data) is not { } again || !ScheduleRules.Differs(settlement, again))
            return new ScheduleChange { Changed = false };
        var (window, calendar) = ScheduleRules.Of(settlement, data);
        step.SetSchedule(again, Actor.System, $"calendar {calendar.Code} version {calendar.Version}, window version {window.Version}");
        return new ScheduleChange
        {
            Changed = true,
            ReleaseAt = window.NextOpen(step.AsOf, again.ValueDate, calendar),
            DueAt = again.DueAt,
            OverdueAt = again.WarningAt,
            CriticalAt = again.CriticalAt,
        };
    }

    /// <inheritdoc/>
    [Activity("Confirm")]
    public Task ConfirmAsync(ConfirmInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepAsync(input, StepName.Confirm, step =>
        {
            var actor = input.Actor ?? Actor.System;
            step.Instructions.Answer(step.OwnInstruction(), InstructionState.Confirmed, input.BankReference, input.Evidence);
            if (input.MessageId is { } messageId)
                step.Instructions.SetDisposition(step.Settlement.BankId, messageId, Uetr.Parse(input.Uetr), MessageDisposition.Applied);
            if (input.Actor is not null)
                step.Cases.Resolve(AttentionReason.OutcomeUnknown, $"confirmed: {input.Evidence}", actor, input.Approver);
            step.Transition(SettlementStatus.Confirmed, actor, Reason(input));
            return Task.CompletedTask;
        });
    }

    private static string Reason(ConfirmInput input) => input.Source switch
    {
        "answer" => "the bank answered that it has executed it",
        "message" => $"the bank confirmed it with message {input.MessageId}",
        "enquiry" => "the bank said on enquiry that it has executed it",
        "resolution" => $"resolved as confirmed, approved by {input.Approver}: {input.Evidence}",
        _ => $"confirmed by {input.Source}",
    };

    /// <inheritdoc/>
    [Activity("BeginRollBack")]
    public Task BeginRollBackAsync(RollBackInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepAsync(input, StepName.RollBack, step =>
        {
            var actor = input.Actor ?? Actor.System;
            if (input.Proof is { } proof)
                CloseInstruction(step, input, proof);
            if (input.Proof == BankOutcome.NotExecuted)
                step.Cases.Resolve(AttentionReason.OutcomeUnknown, $"not executed: {input.Evidence}", actor, input.Approver);
            step.Transition(SettlementStatus.RollingBack, actor, input.Reason, input.Failure, input.Reason);
            return Task.CompletedTask;
        });
    }

    private static void CloseInstruction(StepContext step, RollBackInput input, BankOutcome proof)
    {
        var state = proof == BankOutcome.Recalled ? InstructionState.Recalled : InstructionState.Rejected;
        step.Instructions.Answer(step.OwnInstruction(), state, bankReason: input.ReasonCode ?? input.Reason);
        var evidence = Json.Of(new { Proof = UpperSnake.Lower(proof), input.ReasonCode, input.Evidence, input.Approver });
        // A recall that was granted has recorded its own success; for all other proofs there is nothing to take back.
        step.Compensations.NotNeeded(CompensationAction.Recall, evidence);
        step.Compensations.NotNeeded(CompensationAction.Return, evidence);
    }

    private static readonly StepName Step = new("status");

    /// <inheritdoc/>
    [Activity("ChangeStatus")]
    public Task ChangeStatusAsync(ChangeStatusInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepAsync(input, Step.With(UpperSnake.Lower(input.To), input.Occurrence), step =>
        {
            if (input.To == SettlementStatus.OutcomeUnknown)
                step.Instructions.Answer(step.OwnInstruction(), InstructionState.Unknown);
            step.Transition(input.To, input.Actor ?? Actor.System, input.Reason, input.Failure, input.Failure is null ? null : input.Reason);
            return Task.CompletedTask;
        });
    }
}
