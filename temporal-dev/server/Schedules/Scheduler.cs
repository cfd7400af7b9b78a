using Google.Protobuf.WellKnownTypes;
using Temporalio.DevServer.Schedules.Times;

namespace Temporalio.DevServer.Schedules;

/// <summary>
/// What a schedule does: pure and synchronous, over one document that the caller owns (a copy: whoever cannot commit it throws it away). Rules are those of
/// temporalio/temporal, service/worker/scheduler.
/// </summary>
/// <param name="document">The schedule. Changed in place.</param>
/// <param name="namespaceId">Jitter depends on it.</param>
internal sealed partial class Scheduler(ScheduleDocument document, string namespaceId)
{
    private readonly string seed = $"{namespaceId}-{document.ScheduleId}";
    private CompiledSpec spec = CompiledSpec.Compile(document.Schedule.Spec);

    public ScheduleDocument Document { get; } = document;

    private DateTimeOffset LastProcessed
    {
        get => Document.LastProcessed.ToDateTimeOffset();
        set => Document.LastProcessed = value.ToTimestamp();
    }

    private TimeSpan CatchupWindow => CanonicalSpec.Span(Document.Schedule.Policies.CatchupWindow);

    /// <summary>Puts what has become due into the buffer.</summary>
    public void Advance(DateTimeOffset now)
    {
        now = now < LastProcessed ? LastProcessed : now;
        // Time spent paused or out of actions is never made up for.
        LastProcessed = MayAct ? Buffer(LastProcessed, now, ScheduleOverlapPolicy.Unspecified, manual: false, int.MaxValue).Last : now;
    }

    /// <summary>Puts some more of what is to be backfilled into the buffer.</summary>
    public void Backfill()
    {
        var room = ScheduleLimits.BackfillsPerPass;
        while (Document.Backfills.Count > 0 && room > 0 && Document.Buffer.Count < ScheduleLimits.MaxBuffer / 2)
        {
            var backfill = Document.Backfills[0];
            var end = backfill.EndTime.ToDateTimeOffset();
            var (last, buffered) = Buffer(backfill.StartTime.ToDateTimeOffset(), end, backfill.OverlapPolicy, manual: true, room);
            room -= buffered;
            if (spec.Next(seed, last) is { } next && next.Actual <= end)
                backfill.StartTime = last.ToTimestamp();
            else
                Document.Backfills.RemoveAt(0);
        }
    }

    /// <summary>When this schedule next acts by itself, or null: paused, at its end, or waiting for a run to close.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now)
    {
        if (Document.Backfills.Count > 0 && Document.Buffer.Count < ScheduleLimits.MaxBuffer / 2)
            return now + TimeSpan.FromSeconds(1);
        return MayAct ? spec.Next(seed, LastProcessed)?.Actual : null;
    }

    /// <summary>Since when the schedule has nothing to do and never will, or null.</summary>
    public DateTimeOffset? IdleSince()
    {
        var state = Document.Schedule.State;
        var mayComeBack = state.Paused || Document.Backfills.Count > 0 || Document.Buffer.Count > 0 || Document.Info.RunningWorkflows.Count > 0;
        if (mayComeBack || (MayAct && spec.Next(seed, LastProcessed) is not null))
            return null;
        Timestamp?[] events = [Document.Info.CreateTime, Document.Info.UpdateTime, Document.Info.RecentActions.LastOrDefault()?.ActualTime];
        return events.OfType<Timestamp>().Max()!.ToDateTimeOffset();
    }

    /// <summary>Whether the schedule may take an action of its own now.</summary>
    private bool MayAct => !Document.Schedule.State.Paused && (!Document.Schedule.State.LimitedActions || Document.Schedule.State.RemainingActions > 0);

    private (DateTimeOffset Last, int Buffered) Buffer(DateTimeOffset start, DateTimeOffset end, ScheduleOverlapPolicy policy, bool manual, int room)
    {
        var (last, buffered) = (start, 0);
        var updated = Document.Info.UpdateTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        for (var looked = 0; looked < ScheduleLimits.TimesPerPass && buffered < room; looked++)
        {
            if (spec.Next(seed, last) is not { } next || next.Actual > end)
                break;
            last = next.Actual;
            // An update may look again at times before it, for those whose jitter ends after it.
            if (!manual && updated > next.Actual)
                continue;
            if (!manual && end - next.Actual > CatchupWindow)
            {
                Document.Info.MissedCatchupWindow++;
                continue;
            }

            Add(next.Nominal, next.Actual, policy, manual);
            buffered++;
        }

        return (last, buffered);
    }

    private void Add(DateTimeOffset nominal, DateTimeOffset actual, ScheduleOverlapPolicy policy, bool manual)
    {
        if (Document.Buffer.Count >= ScheduleLimits.MaxBuffer)
            Document.Info.BufferDropped++;
        else
            Document.Buffer.Add(new BufferedStart { NominalTime = nominal.ToTimestamp(), ActualTime = actual.ToTimestamp(), OverlapPolicy = policy, Manual = manual });
    }
}
