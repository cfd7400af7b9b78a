using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Notifications;

/// <summary>The attention flag, its case and who is told.</summary>
public sealed class AttentionActivity(StepRunner steps, INotifier notifier) : SettlementActivity(steps), IAttentionActivity
{
    private static readonly StepName Action = new("attention");

    /// <inheritdoc/>
    [Activity("SetAttention")]
    public async Task SetAttentionAsync(AttentionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = await PerformAsync(input, Action.With(input.Occurrence), step =>
        {
            if (input.Raised)
                Raise(step, input);
            else
                Clear(step, input);
            return Task.FromResult(new Told(step.Settlement.Reference, step.Settlement.Status));
        });
        if (input is { Raised: true, Reason: { } reason })
        {
            await notifier.NotifyAsync(new Notification(
                $"{input.SettlementId:D}/attention/{input.Occurrence}", result.Value.Reference, "warning",
                $"needs attention: {UpperSnake.Of(reason)}", result.Value.Status, input.AsOf), Cancellation);
        }
    }

    private static void Raise(StepContext step, AttentionInput input)
    {
        var reason = input.Reason ?? throw new SettlementException(SettlementFailure.InvalidRequest, "Attention is raised for a reason.");
        var detail = input.Detail ?? UpperSnake.Of(reason);
        step.RaiseAttention(reason, Actor.System, detail);
        // A failing recall writes its own failures down; a failing release cannot, so it is done here.
        if (input.Compensation == UpperSnake.Of(CompensationAction.VoidLock))
            step.Compensations.Failed(CompensationAction.VoidLock, detail);
        step.Cases.Open(reason, Json.Of(new { Detail = detail, Status = UpperSnake.Lower(step.Settlement.Status), input.Attempt }));
    }

    private static void Clear(StepContext step, AttentionInput input)
    {
        var actor = input.Actor ?? Actor.System;
        var detail = input.Detail ?? "no longer needed";
        if (input.Reason is { } reason)
            step.Cases.Resolve(reason, detail, actor);
        if (input.Remaining is { } remaining)
            step.RaiseAttention(remaining, actor, detail);
        else
            step.ClearAttention(actor, detail);
    }

    private sealed record Told(string Reference, SettlementStatus Status);
}
