using Settlement.Domain;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// The one way to wait. A settlement has at most one timer, started only when it really waits: for the end of that wait, or
/// for an escalation that comes earlier (due, overdue, critical, stuck).
/// </summary>
public sealed partial class SettlementWorkflow
{
    private DateTimeOffset? deadline;
    private bool tryAgainNow;
    private int occurrences;

    private bool DeadlinePassed => deadline <= Now;

    private string NextOccurrence() => (++occurrences).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits until the condition holds, the deadline has passed (operators may move it), or it is <paramref name="wakeAt"/>.</summary>
    private async Task WaitAsync(string what, Func<bool> condition, DateTimeOffset? wakeAt = null)
    {
        while (!condition() && !DeadlinePassed && !(wakeAt <= Now))
        {
            if (rescheduleAsked)
            {
                await RescheduleAsync();
                continue;
            }

            if (unabsorbed.Count > 0 && absorbAgainAt <= Now)
            {
                await AbsorbAgainAsync();
                continue;
            }

            var escalation = NextEscalation();
            if (escalation?.At <= Now)
            {
                await EscalateAsync(escalation.Value.Level, escalation.Value.At);
                continue;
            }

            await ContinueIfLongAsync();
            Show(what);
            var seenDeadline = deadline;
            var wake = Earliest(Earliest(wakeAt, deadline), escalation?.At);
            if (unabsorbed.Count > 0)
                wake = Earliest(wake, absorbAgainAt);
            await SleepAsync($"wait for {what}", () => condition() || deadline != seenDeadline || rescheduleAsked, wake - Now);
        }

        waitingFor = null;
    }

    /// <summary>
    /// Sleeps until the condition holds, the time is over, or the workflow is cancelled for the first time. A cancellation runs nothing of a workflow that
    /// would have it look at its conditions again: only a wait on the workflow's own token ends by it. Once cancelled, it may have to wait again: for a bank, say.
    /// </summary>
    private async Task SleepAsync(string summary, Func<bool> condition, TimeSpan? longest)
    {
        var token = Workflow.CancellationToken.IsCancellationRequested ? CancellationToken.None : Workflow.CancellationToken;
        try
        {
            await Workflow.WaitConditionWithOptionsAsync(new WaitConditionOptions(condition, longest, summary, token));
        }
        catch (Exception exception) when (TemporalException.IsCanceledException(exception) && token.IsCancellationRequested)
        {
            // Whoever waits looks at its conditions, the request to stop among them.
            Note("cancelled", $"in Temporal, during: {summary}");
        }
    }

    /// <summary>
    /// Runs an activity until it succeeds. When its own attempts are used up, a person is called, and it is tried again
    /// after a growing wait, or at once when an operator says so. Nothing is swallowed, nothing ends half done.
    /// </summary>
    private async Task<T> UntilDoneAsync<T>(string step, Func<Task<T>> run, AttentionReason reason = AttentionReason.StuckInStatus)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var result = await run();
                Note(step, "done");
                if (failures > 0)
                    await CalmAsync(reason);
                return result;
            }
            catch (ActivityFailureException exception)
            {
                Note(step, Describe(exception));
                await RaiseAsync(reason, $"step {step} does not succeed: {Describe(exception)}");
            }

            await BackOffAsync(step, failures);
        }
    }

    private Task<bool> UntilDoneAsync(string step, Func<Task> run, AttentionReason reason = AttentionReason.StuckInStatus) =>
        UntilDoneAsync(step, async () =>
        {
            await run();
            return true;
        }, reason);

    private async Task BackOffAsync(string step, int failures)
    {
        var outer = deadline;
        deadline = null;
        failingStep = step;
        var pause = Backoff.Of(timings.CompensationBackoffSeconds, timings.MaxCompensationBackoffSeconds, failures);
        await WaitAsync($"step {step} to work again", () => tryAgainNow, Now + pause);
        tryAgainNow = false;
        failingStep = null;
        deadline = outer;
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;

    private static string Describe(ActivityFailureException exception) =>
        exception.InnerException?.Message ?? exception.Message;
}
