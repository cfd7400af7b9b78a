using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Jobs;

/// <summary>
/// Proves from the books that no retry and no deadline was missed. What was is flagged, with a case: its workflow, which should have
/// acted, cannot be trusted to.
/// </summary>
public sealed class DeadlinesJob(JobFindings findings, JobLedger ledger, ReferenceDataCache reference, StepRunner steps) : IJob
{
    /// <summary>What a busy system may be late without anybody having to know.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private static readonly Actor Watch = new("job:deadlines", ActorSource.Job);

    /// <inheritdoc/>
    public string Name => JobNames.Deadlines;

    /// <inheritdoc/>
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var slot in await ledger.RecordMissedAsync(context.AsOf, cancellationToken))
            context.Find($"job {slot.Job} was not run for {slot.Slot:u}");
        var escalates = (await reference.GetAsync(cancellationToken)).StoppedBecause(SwitchName.Escalation) is null;
        foreach (var missed in await findings.MissedAsync(context.AsOf, Grace, escalates, cancellationToken))
        {
            context.Find($"{missed.Reference}: {missed.Rule} since {missed.Since:u}: {missed.Detail}");
            var flagged = await FlagAsync(missed, context.AsOf, cancellationToken);
            context.Report(flagged ? 1 : 0);
        }
    }

    /// <summary>Once per rule and instant: a second run finds the same and changes nothing.</summary>
    private async Task<bool> FlagAsync(JobFinding missed, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var actionName = new StepName("job").With("missed", missed.Rule, missed.Since.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var result = await steps.RunActionAsync(missed.SettlementId, actionName, asOf, step =>
        {
            if (step.Settlement.Status.IsTerminal())
                return Task.FromResult(false);
            step.Cases.Open(AttentionReason.MissedDeadline, Json.Of(new { missed.Rule, missed.Since, missed.Detail, Status = UpperSnake.Lower(step.Settlement.Status) }));
            step.RaiseAttention(AttentionReason.MissedDeadline, Watch, $"{missed.Rule} since {missed.Since:u}: {missed.Detail}");
            return Task.FromResult(true);
        }, cancellationToken);
        return result is { Repeated: false, Value: true };
    }
}
