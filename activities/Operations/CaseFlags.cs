using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Operations;

/// <summary>The flag of a settlement when one of its cases was closed.</summary>
internal static class CaseFlags
{
    /// <summary>The flag stays up for the newest case that is still open. If there is none it goes down, unless an open settlement has it up for something else.</summary>
    public static async Task LowerFlagAsync(this StepContext step, AttentionReason closed, Actor actor)
    {
        var left = (await step.Cases.OpenOnesAsync()).LastOrDefault(other => other.Reason != closed);
        if (left is not null)
            step.RaiseAttention(left.Reason, actor, $"{UpperSnake.Of(closed)} is closed, {UpperSnake.Of(left.Reason)} is not", left.Owner);
        else if (step.Settlement.AttentionReason == closed || step.Settlement.Status.IsTerminal())
            step.ClearAttention(actor, $"{UpperSnake.Of(closed)} is closed");
    }
}
