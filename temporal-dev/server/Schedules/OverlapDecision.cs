namespace Temporalio.DevServer.Schedules;

/// <summary>What overlap policies make of a buffer.</summary>
/// <param name="Overlapping">Started now, whatever runs.</param>
/// <param name="Single">Started now, because nothing that must be heeded runs; or null.</param>
/// <param name="Waiting">Stay in the buffer.</param>
/// <param name="Skipped">How many were left out.</param>
/// <param name="Cancel">Runs that go on are in the way and are asked to end.</param>
/// <param name="Terminate">Runs that go on are in the way and are ended.</param>
internal sealed record OverlapDecision(IReadOnlyList<BufferedStart> Overlapping, BufferedStart? Single, IReadOnlyList<BufferedStart> Waiting, int Skipped, bool Cancel, bool Terminate)
{
    public static readonly OverlapDecision Nothing = new([], null, [], 0, Cancel: false, Terminate: false);

    /// <summary>All that is started now, in order.</summary>
    public IEnumerable<BufferedStart> Starts => Single is null ? Overlapping : Overlapping.Append(Single);

    /// <param name="buffer">In order of their times.</param>
    /// <param name="isRunning">Whether a run that must be heeded goes on.</param>
    /// <param name="resolve">The schedule's own policy for those that name none.</param>
    public static OverlapDecision Of(IEnumerable<BufferedStart> buffer, bool isRunning, Func<ScheduleOverlapPolicy, ScheduleOverlapPolicy> resolve)
    {
        List<BufferedStart> overlapping = [];
        List<BufferedStart> waiting = [];
        BufferedStart? single = null;
        var (skipped, cancel, terminate) = (0, false, false);
        foreach (var start in buffer)
        {
            var policy = resolve(start.OverlapPolicy);
            if (policy == ScheduleOverlapPolicy.AllowAll)
                overlapping.Add(start);
            else if (!isRunning && (single is null || policy is ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther))
                single = start;
            else if (policy == ScheduleOverlapPolicy.BufferAll || (policy == ScheduleOverlapPolicy.BufferOne && waiting.Count == 0))
                waiting.Add(start);
            else if (policy is ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther)
            {
                waiting.Add(start);
                cancel |= policy == ScheduleOverlapPolicy.CancelOther;
                terminate |= policy == ScheduleOverlapPolicy.TerminateOther;
            }
            else if (policy is ScheduleOverlapPolicy.Skip or ScheduleOverlapPolicy.BufferOne)
                skipped++;
        }

        // What is being cancelled would take those with it that overlap everything.
        return new OverlapDecision(cancel || terminate ? [] : overlapping, single, waiting, skipped, cancel, terminate);
    }
}
