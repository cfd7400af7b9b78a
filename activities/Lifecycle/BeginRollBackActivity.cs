using Settlement.Activities.Instructions;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Lifecycle;

/// <summary>Enters ROLLING_BACK with the proof that the instruction, if there was one, moved no money.</summary>
public sealed class BeginRollBackActivity(StepRunner steps) : SettlementActivity(steps), IBeginRollBackActivity
{
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
}
