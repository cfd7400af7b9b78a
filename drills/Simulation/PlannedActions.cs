using Settlement.Drills.Environments;
using Settlement.Drills.Simulation.Plan;
using Settlement.Workflows.Contracts;

namespace Settlement.Drills.Simulation;

/// <summary>What operators do to a settlement of their own accord, once, at the time that the plan gives. A refusal is an answer.</summary>
internal sealed class PlannedActions(Operators operators, EventLog log)
{
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(700);

    public async Task DoAsync(SimulatedSettlement settlement, Operators.Item item, CancellationToken cancellationToken)
    {
        if (settlement.Action == PlannedActionKind.None)
            return;
        await Task.Delay(settlement.ActAfterMilliseconds, cancellationToken);
        switch (settlement.Action)
        {
            case PlannedActionKind.PauseAndResume:
                await TryAsync(item, "pause", SettlementNames.PauseUpdate, cancellationToken);
                await Task.Delay(Hold, cancellationToken);
                await TryAsync(item, "resume", SettlementNames.ResumeUpdate, cancellationToken);
                break;
            case PlannedActionKind.CancelTwice:
                await Task.WhenAll(TryAsync(item, "cancel", SettlementNames.CancelUpdate, cancellationToken), TryAsync(item, "cancel", SettlementNames.CancelUpdate, cancellationToken));
                break;
            default:
                await TryAsync(item, "cancel", SettlementNames.CancelUpdate, cancellationToken);
                break;
        }
    }

    private async Task TryAsync(Operators.Item item, string action, string update, CancellationToken cancellationToken)
    {
        try
        {
            await operators.PerformAsync(item, action, update, "the plan says so", cancellationToken);
        }
        catch (Exception error) when (Unanswered.Is(error, cancellationToken))
        {
            // Nobody was there to be asked: this operator leaves it at that.
            log.Write("act_unanswered", ("settlement_id", item.Id.ToString()), ("action", action), ("because", error.GetType().Name));
        }
    }
}
