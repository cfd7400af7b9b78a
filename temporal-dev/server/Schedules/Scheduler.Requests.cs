using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Schedules.Times;

namespace Temporalio.DevServer.Schedules;

// What users ask of a schedule, and what they are told.
internal sealed partial class Scheduler
{
    /// <summary>Fills in what a user may leave out, so that a description shows it.</summary>
    public static Schedule WithDefaults(Schedule? given)
    {
        var schedule = given?.Clone() ?? new Schedule();
        schedule.Spec = CompiledSpec.Compile(schedule.Spec).Canonical;
        schedule.Action ??= new ScheduleAction();
        schedule.Policies ??= new SchedulePolicies();
        schedule.State ??= new Api.Schedule.V1.ScheduleState();
        if (schedule.Policies.OverlapPolicy == ScheduleOverlapPolicy.Unspecified)
            schedule.Policies.OverlapPolicy = ScheduleOverlapPolicy.Skip;
        var window = schedule.Policies.CatchupWindow is null ? ScheduleLimits.DefaultCatchupWindow : CanonicalSpec.Span(schedule.Policies.CatchupWindow);
        schedule.Policies.CatchupWindow = Duration.FromTimeSpan(window < ScheduleLimits.MinCatchupWindow ? ScheduleLimits.MinCatchupWindow : window);
        return schedule;
    }

    /// <summary>Does what a patch says: trigger, backfill, pause, unpause, in this order.</summary>
    public void Patch(SchedulePatch patch, DateTimeOffset now)
    {
        if (patch.TriggerImmediately is { } trigger)
        {
            var at = trigger.ScheduledTime?.ToDateTimeOffset() ?? now;
            Add(at, at, trigger.OverlapPolicy, manual: true);
        }

        foreach (var backfill in patch.BackfillRequest)
            AddBackfill(backfill);
        if (patch.Pause.Length > 0)
            Pause(paused: true, patch.Pause);
        if (patch.Unpause.Length > 0)
            Pause(paused: false, patch.Unpause);
    }

    /// <summary>Replaces the schedule; what it has done stays.</summary>
    /// <param name="schedule">With defaults filled in.</param>
    /// <param name="now">Actions before are not taken again.</param>
    public void Update(Schedule schedule, DateTimeOffset now)
    {
        Document.Schedule = schedule;
        spec = CompiledSpec.Compile(schedule.Spec);
        Document.Info.UpdateTime = now.ToTimestamp();
        Document.ConflictToken++;
    }

    /// <summary>Everything that a description tells.</summary>
    public ScheduleInfo Describe()
    {
        var info = Document.Info.Clone();
        info.BufferSize = Document.Buffer.Count;
        info.FutureActionTimes.AddRange(FutureTimes(ScheduleLimits.FutureActions));
        return info;
    }

    /// <summary>What a listing tells.</summary>
    public ScheduleListInfo ListInfo()
    {
        var listed = Document.Schedule.Spec.Clone();
        listed.TimezoneData = Google.Protobuf.ByteString.Empty;
        Trim(listed.StructuredCalendar);
        Trim(listed.ExcludeStructuredCalendar);
        Trim(listed.Interval);
        var info = new ScheduleListInfo
        {
            Spec = listed,
            WorkflowType = Document.Schedule.Action.StartWorkflow?.WorkflowType,
            Notes = Document.Schedule.State.Notes,
            Paused = Document.Schedule.State.Paused,
        };
        info.RecentActions.AddRange(Document.Info.RecentActions.TakeLast(ScheduleLimits.ListedActions));
        info.FutureActionTimes.AddRange(FutureTimes(ScheduleLimits.ListedActions));
        return info;
    }

    /// <summary>When the spec says to act between two instants, whether or not the schedule did or will.</summary>
    public IEnumerable<Timestamp> MatchingTimes(DateTimeOffset start, DateTimeOffset end)
    {
        var next = spec.Next(seed, start);
        for (var count = 0; count < ScheduleLimits.MatchingTimes && next?.Actual <= end; count++, next = spec.Next(seed, next.Value.Actual))
            yield return next.Value.Actual.ToTimestamp();
    }

    private IEnumerable<Timestamp> FutureTimes(int count)
    {
        if (Document.Schedule.State.LimitedActions)
            count = (int)Math.Clamp(Document.Schedule.State.RemainingActions, 0, count);
        var updated = Document.Info.UpdateTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        var next = spec.Next(seed, LastProcessed < updated ? Earliest(updated) : LastProcessed);
        for (; count > 0 && next is not null; next = spec.Next(seed, next.Value.Actual))
        {
            if (next.Value.Actual < updated)
                continue;
            yield return next.Value.Actual.ToTimestamp();
            count--;
        }
    }

    /// <summary>Where to look for times from an update on: their nominal time may be before it, by as much as jitter adds.</summary>
    private DateTimeOffset Earliest(DateTimeOffset updated)
    {
        var jitter = CanonicalSpec.Span(Document.Schedule.Spec.Jitter);
        var from = updated - (jitter > TimeSpan.Zero ? jitter : TimeSpan.Zero) - TimeSpan.FromSeconds(1);
        return from < LastProcessed ? LastProcessed : from;
    }

    private void AddBackfill(BackfillRequest given)
    {
        if (given.StartTime is null || given.EndTime is null)
            return;
        if (Document.Backfills.Count >= ScheduleLimits.MaxBuffer)
        {
            Document.Info.BufferDropped++;
            return;
        }

        // Its start belongs to it.
        var backfill = given.Clone();
        backfill.StartTime = (backfill.StartTime.ToDateTimeOffset() - TimeSpan.FromMilliseconds(1)).ToTimestamp();
        Document.Backfills.Add(backfill);
    }

    private void Pause(bool paused, string notes)
    {
        Document.Schedule.State.Paused = paused;
        Document.Schedule.State.Notes = notes;
        Document.ConflictToken++;
    }

    private static void Trim<T>(Google.Protobuf.Collections.RepeatedField<T> items)
    {
        while (items.Count > ScheduleLimits.ListedSpecItems)
            items.RemoveAt(items.Count - 1);
    }
}
