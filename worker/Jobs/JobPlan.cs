using Settlement.Activities.Jobs;
using Settlement.Workflows.Contracts;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Settlement.Worker.Jobs;

/// <summary>One job as a schedule of Temporal.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Every">Its interval; slots are its multiples since 1970, UTC.</param>
/// <param name="Summary">What operators read in the Web UI.</param>
internal sealed record JobPlan(string Job, TimeSpan Every, string Summary)
{
    private static readonly TimeSpan ShortestCatchUp = TimeSpan.FromMinutes(1);

    /// <summary>All jobs with the intervals of the settings.</summary>
    public static IReadOnlyList<JobPlan> Of(JobOptions options) =>
    [
        new(JobNames.Deadlines, TimeSpan.FromSeconds(Math.Round(options.MonitoringIntervalHours * 3600)), "proof that no retry and no deadline was missed"),
        new(JobNames.Locks, TimeSpan.FromSeconds(options.LocksSeconds), "ends expired locks; locks add up to what is held"),
        new(JobNames.Orphans, TimeSpan.FromSeconds(options.OrphansSeconds), "open settlements and open workflows are the same"),
        new(JobNames.Statements, TimeSpan.FromHours(options.DailyHours), "closes the statements of past days"),
        new(JobNames.Cleanup, TimeSpan.FromHours(options.DailyHours), "removes expired tokens, gives up lost runs"),
        new(JobNames.Archive, TimeSpan.FromHours(options.DailyHours), "archives settlements that ended long ago"),
    ];

    public string ScheduleId => JobNames.ScheduleId(Job);

    /// <summary>
    /// The schedule. A slot that comes while the one before still runs waits for it, one at a time; after an outage slots are caught up for as
    /// long as one interval, and what is older is reported as missed.
    /// </summary>
    public Schedule Schedule() => new(
        ScheduleActionStartWorkflow.Create((IJobWorkflow workflow) => workflow.RunAsync(new JobRequest { Job = Job }), new WorkflowOptions(ScheduleId, SettlementNames.TaskQueue)
        {
            StaticSummary = Summary,
            RunTimeout = TimeSpan.FromHours(4),
        }),
        new ScheduleSpec { Intervals = [new ScheduleIntervalSpec(Every)] })
    {
        Policy = new SchedulePolicy { Overlap = ScheduleOverlapPolicy.BufferOne, CatchupWindow = Every > ShortestCatchUp ? Every : ShortestCatchUp },
    };

    /// <summary>Whether a schedule on the server is this one, its pause aside.</summary>
    public bool IsSame(Schedule there) =>
        there.Spec.Intervals.Count == 1 && there.Spec.Intervals.Single() is var interval && interval.Every == Every && (interval.Offset ?? TimeSpan.Zero) == TimeSpan.Zero
        && there.Spec.Calendars.Count == 0
        && there.Policy.Overlap == ScheduleOverlapPolicy.BufferOne && there.Policy.CatchupWindow == Schedule().Policy.CatchupWindow
        && there.Action is ScheduleActionStartWorkflow { Workflow: JobNames.Workflow } action && action.Options.TaskQueue == SettlementNames.TaskQueue;
}
