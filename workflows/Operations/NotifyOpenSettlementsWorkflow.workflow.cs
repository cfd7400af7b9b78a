using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>
/// Tells open settlements of a change, page by page and for as long as it takes: this workflow is the durable mechanism by which a new calendar
/// reaches what is under way. It goes through them twice, because a settlement whose schedule was being written while the change was published
/// is seen by the second round.
/// </summary>
[Workflow(OperationNames.NotifyOpenSettlements)]
public sealed class NotifyOpenSettlementsWorkflow
{
    private const int PagesPerRun = 500;

    /// <summary>Longer than reference data are cached, and than a step that read them before may take.</summary>
    private static readonly TimeSpan SecondRoundAfter = TimeSpan.FromSeconds(30);

    /// <summary>Answers how many were told, in all runs.</summary>
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public async Task<long> RunAsync(NotifyInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var told = input.Told;
        if (!input.SecondRound)
        {
            told = await RoundAsync(input, told);
            await Workflow.DelayWithOptionsAsync(new DelayOptions(SecondRoundAfter, "second round"));
            input = input with { After = null, SecondRound = true };
        }

        return await RoundAsync(input, told);
    }

    private static async Task<long> RoundAsync(NotifyInput input, long told)
    {
        for (var page = 0; ; page++)
        {
            if (page == PagesPerRun)
            {
                var next = input with { Told = told };
                throw Workflow.CreateContinueAsNewException((NotifyOpenSettlementsWorkflow workflow) => workflow.RunAsync(next));
            }

            var present = input;
            var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
            var done = await Workflow.ExecuteActivityAsync(
                (IReferenceDataActivities activity) => activity.NotifyOpenSettlementsAsync(present, asOf), ActivityPolicies.Notify($"tell open settlements: {input.Change}"));
            told += done.Told;
            if (done.Next is null)
                return told;
            input = input with { After = done.Next };
        }
    }
}
