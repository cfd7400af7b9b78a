namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// Behaviours that hold on the dev server, but in which some answer or event differs from the real server's, with what differs. The
/// comparison skips them by name, and the compatibility page lists them.
/// </summary>
public static class KnownDifferences
{
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["ScheduleTime.Times_OfASpec_AreTheSame(an hour that winter time repeats)"] = "the hour that comes twice is listed once by the real server and twice by ours",
        ["ScheduleTime.Schedule_ThatWaits_IsDescribedAndListed"] = "a listed schedule carries an empty memo there, empty search attributes here",
        ["Batch.Batch_ThatIsDone_IsListed"] = "terminations of a batch carry the server's own worker as identity there, the job's caller here",
        ["Batch.Batch_OfTerminations_EndsAll"] = "terminations of a batch carry the server's own worker as identity there, the job's caller here",
        ["Batch.Batch_OfCancellations_AsksAll"] = "cancellations of a batch carry the server's own worker as identity there, the job's caller and reason here",
        ["ActivityTask.Activity_Reset_BeginsAtItsFirstAttempt"] = "the started event after a reset still carries the last failure here",
        ["ActivityTask.Activity_PausedBetweenAttempts_WaitsUntilUnpaused"] = "the started event after a pause still carries the last failure here; a paused activity is described with a retry interval",
        ["ActivityTask.Activity_StartedAndForgotten_TimesOutAndIsOfferedAgain"] = "the description of a started activity has no scheduled_time here",
        ["ActivityTask.Poll_OfAnActivity_CarriesWhatItNeeds"] = "the description of a started activity has no scheduled_time here",
        ["ActivityTask.Activity_ThatFails_IsOfferedAgainWithItsLastDetails"] = "the description of a started activity has no scheduled_time and no last_heartbeat_time here",
        ["ActivityTask.Activity_WithNewOptions_IsTriedByThem"] = "times of the description",
        ["Relation.Signal_ToAnotherWorkflow_IsSeenByBoth"] = "the request id of an external signal is built differently",
        ["Relation.Signal_ToAnUnknownWorkflow_FailsInTheHistory"] = "which of two failures comes first is the server's choice",
        ["Relation.Child_ContinuedAsNew_IsTheSameChildToItsParent"] = "first_workflow_task_backoff of zero is written there, left out here",
        ["ContinueAsNew.ContinueAsNew_WithMemo_HandsItOn"] = "first_workflow_task_backoff of zero is written there, left out here",
        ["Lifecycle.Run_Terminated_TakesNothingMore"] = "a terminated run is described with its never started task there",
        ["Lifecycle.Start_WithTerminateIfRunning_EndsTheOther"] = "reason and details of the termination",
        ["Lifecycle.Start_ThatIsWrong_IsRefusedAndSaysWhy(a workflow id that is too long)"] = "words of the refusal",
        ["Lifecycle.Start_ThatIsWrong_IsRefusedAndSaysWhy(a bad retry policy)"] = "words of the refusal",
        ["WorkflowTask.Task_Failed_IsOfferedAgainWithoutATrace"] = "reading the history of a run whose task is tried again shows the task's two unwritten events there",
        ["WorkflowTask.Completion_ThatAsksForTheNextTask_CarriesIt"] = "the returned task carries the whole history here, only what is new there",
        ["UpdateTask.Update_WithoutAName_IsRefused"] = "words of the refusal",
        ["UpdateTask.Update_Rejected_LeavesNoEvents"] = "the answer to a rejected update has no link here",
        ["UpdateTask.Update_AcceptedWhenItsWorkflowCompletes_FailsWithTheWorkflow"] = "the answer has no link here",
        ["Operator.TaskQueue_WithAPoller_NamesIt"] = "no versioning info and no effective rate limit in the description of a task queue here",
        ["Timer.WaitCondition_ThatHoldsInTime_AnswersTrueAndCancelsItsTimer"] = "whether the signal comes before the first task, so that no timer is needed, depends on who is faster",
        ["Activity.Activity_LongerThanScheduleToClose_TimesOut"] = "whether a second attempt is still begun depends on who is faster",
        ["ChildWorkflow.Child_Signalled_GoesOn"] = "the request id of an external signal is built differently",
        ["Signal.ExternalSignal_FromAnotherWorkflow_Arrives"] = "the request id of an external signal is built differently",
        ["IdPolicy.Start_WhileTheIdRunsWithTerminateExisting_EndsTheRun"] = "reason and details of the termination",
        ["Query.Query_WithAnUnknownName_FailsNamingTheKnownOnes"] = "whether the history is read before or after the workflow has closed depends on who is faster",
        ["Operator.SearchAttribute_Added_IsListedUsedAndRemoved"] = "right after an attribute was added the real dev server writes the name of its database column into the started event",
        ["Visibility.ListAndCount_WithAQuery_FindWhatMatches"] = "reading the history of a run whose task is tried again shows the task's two unwritten events there",
    };

    /// <summary>All of them: behaviour and what differs.</summary>
    public static IReadOnlyDictionary<string, string> All => Differences;

    /// <summary>What differs, or null where nothing is known to.</summary>
    public static string? Of(BehaviourKey key) => Differences.GetValueOrDefault(key.ToString());
}
