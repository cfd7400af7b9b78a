using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// A timer.
/// </summary>
/// <param name="owner">Run.</param>
/// <param name="sequence">Number by which the workflow knows the timer.</param>
/// <param name="timerId">Timer id.</param>
internal sealed class TimerMachine(WorkflowMachines owner, uint sequence, string timerId) : CommandMachine
{
    private State state = State.Requested;

    private enum State
    {
        Requested,
        Running,
        CancelRequested,
        Done,
    }

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        switch (state, e.EventType)
        {
            case (State.Requested, EventType.TimerStarted) when e.TimerStartedEventAttributes.TimerId == timerId:
                state = State.Running;
                break;
            case (State.Running, EventType.TimerFired):
                state = State.Done;
                owner.AddJob(new ActivationJob.FireTimer(sequence));
                break;
            case (State.CancelRequested, EventType.TimerCanceled):
                state = State.Done;
                break;
            default:
                throw Mismatch(e, state == State.CancelRequested ? $"the end of timer {timerId}" : $"timer {timerId}");
        }
    }

    /// <summary>Stops the timer.</summary>
    internal void Cancel()
    {
        switch (state)
        {
            case State.Requested:
                CanceledBeforeSent = true;
                state = State.Done;
                break;
            case State.Running:
                state = State.CancelRequested;
                owner.AddCommand(
                    new()
                    {
                        CommandType = CommandType.CancelTimer,
                        CancelTimerCommandAttributes = new CancelTimerCommandAttributes { TimerId = timerId },
                    },
                    this);
                break;
        }
    }
}
