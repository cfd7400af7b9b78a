using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// A wait may last for months, and Temporal keeps 51,200 events of one run. So a run that has grown long ends, between two steps and with no
/// handler at work, and the next one takes over all it knew. Signals and updates that come meanwhile reach the next run: the server refuses to
/// close a run that has not seen them.
/// </summary>
public sealed partial class SettlementWorkflow
{
    private const int KeptMessages = 500;
    private const int KeptAnswers = 200;
    private const int KeptSteps = 100;

    private ProcessPhase phase = ProcessPhase.Validate;

    /// <summary>Where this run goes on; null once it has come there, and in a first run.</summary>
    private ProcessPhase? goOnAt;

    /// <summary>The present phase was begun by an earlier run.</summary>
    private bool goesOn;

    private int runs;
    private bool continuing;

    /// <summary>A step whose key would differ in a next run is under way: the run cannot end now.</summary>
    private bool bound;

    /// <summary>Whether an earlier run is done with the phase; if not, it begins here, or goes on (<see cref="goesOn"/>).</summary>
    private bool Passed(ProcessPhase at)
    {
        if (goOnAt > at)
            return true;
        goesOn = goOnAt == at;
        goOnAt = null;
        phase = at;
        return false;
    }

    /// <summary>Ends this run and begins the next if this one has grown long. Called where it waits, and nowhere else.</summary>
    private async Task ContinueIfLongAsync()
    {
        if (bound || status.IsTerminal() || (Workflow.CurrentHistoryLength < timings.MaxHistoryEvents && !Workflow.ContinueAsNewSuggested))
            return;
        if (!Workflow.Patched(WorkflowPatches.ContinueAsNew))
            return;
        continuing = true;
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished, CancellationToken.None);
        var next = request with { Carried = HandOver() };
        throw Workflow.CreateContinueAsNewException(
            (ISettlementWorkflow workflow) => workflow.RunAsync(next),
            new ContinueAsNewOptions { TypedSearchAttributes = Workflow.TypedSearchAttributes });
    }

    private CarriedState HandOver() => new()
    {
        Phase = phase,
        Status = status,
        Since = since,
        Attempt = attempt,
        Runs = runs + 1,
        Schedule = schedule,
        Failure = failure,
        FailureDetail = failureDetail,
        FundsMayBeLocked = fundsMayBeLocked,
        Outcome = new CarriedOutcome
        {
            Instructions = [.. instructions.Values.Select(one => one.ToCarried())],
            Present = instruction?.Uetr,
            Enquiries = enquiries,
            NextEnquiryAt = nextEnquiryAt,
            NextRecallAt = nextRecallAt,
            RecallTries = recallTries,
            RecallFailures = recallFailures,
            AmountMismatch = amountMismatch,
            LateConfirmation = lateConfirmation,
        },
        Waits = new CarriedWaits
        {
            Deadline = deadline,
            Paused = paused,
            RetryRequested = retryRequested,
            AutomaticRetries = automaticRetries,
            Occurrences = occurrences,
            Approval = approval is null ? null : new CarriedDecision(approval.Granted, approval.Actor, approval.Reason),
            Stop = StopRequested ? new CarriedDecision(true, Stop.Actor, Stop.Reason) : null,
            FailingStep = failingStep,
        },
        Alarms = new CarriedAlarms
        {
            Attention = [.. attention.Select(entry => new CarriedAttention(entry.Reason, entry.Recorded))],
            Escalated = [.. escalated],
            StuckReportedFor = stuckReportedFor,
        },
        RollBack = rollBack,
        SeenMessages = [.. seenMessages.TakeLast(KeptMessages).Select(seen => new CarriedMessage(seen.MessageId, seen.Uetr))],
        Unabsorbed = [.. unabsorbed],
        Answers = [.. answers.Where(entry => entry.Value.Reply is not null).TakeLast(KeptAnswers)
            .Select(entry => new CarriedAnswer(entry.Key, entry.Value.Update, entry.Value.Reply!))],
        Steps = [.. steps.TakeLast(KeptSteps)],
    };

    private void TakeOver(CarriedState carried)
    {
        goOnAt = phase = carried.Phase;
        (status, since, attempt, runs) = (carried.Status, carried.Since, carried.Attempt, carried.Runs);
        (schedule, failure, failureDetail) = (carried.Schedule, carried.Failure, carried.FailureDetail);
        (fundsMayBeLocked, rollBack) = (carried.FundsMayBeLocked, carried.RollBack);
        var outcome = carried.Outcome;
        foreach (var one in outcome.Instructions)
            instructions[one.Uetr] = Instruction.From(one);
        instruction = outcome.Present is { } present ? instructions[present] : null;
        (enquiries, nextEnquiryAt, nextRecallAt) = (outcome.Enquiries, outcome.NextEnquiryAt, outcome.NextRecallAt);
        (recallTries, recallFailures) = (outcome.RecallTries, outcome.RecallFailures);
        (amountMismatch, lateConfirmation) = (outcome.AmountMismatch, outcome.LateConfirmation);
        var waits = carried.Waits;
        (deadline, paused, retryRequested) = (waits.Deadline, waits.Paused, waits.RetryRequested);
        (automaticRetries, occurrences, failingStep) = (waits.AutomaticRetries, waits.Occurrences, waits.FailingStep);
        approval = waits.Approval is { } said ? new Approval(said.Granted, said.Actor, said.Reason) : null;
        stop = waits.Stop is { } ended ? new StopRequest(ended.Actor, ended.Reason) : null;
        attention.AddRange(carried.Alarms.Attention.Select(entry => (entry.Reason, entry.Recorded)));
        escalated.UnionWith(carried.Alarms.Escalated);
        stuckReportedFor = carried.Alarms.StuckReportedFor;
        seenMessages.UnionWith(carried.SeenMessages.Select(seen => (seen.MessageId, seen.Uetr)));
        unabsorbed.AddRange(carried.Unabsorbed);
        foreach (var answer in carried.Answers)
            answers[answer.RequestId] = (answer.Update, answer.Reply);
        steps.AddRange(carried.Steps);
        shown = (status, PresentAttention, schedule?.DueAt);
    }
}
