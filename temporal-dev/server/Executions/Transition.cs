namespace Temporalio.DevServer.Executions;

/// <summary>
/// A unit of work on one run: any number of verbs, then <see cref="Finish"/>. A verb that refuses throws <see cref="RpcRefusal"/> before it has changed
/// anything. Any other exception means that the state must be dropped and loaded again.
/// </summary>
internal sealed partial class Transition
{
    private readonly TransitionContext context;
    private readonly bool wasOpen;

    /// <summary>Whether anything that must survive has changed.</summary>
    private bool changed;

    /// <summary>Whether listings would show something else.</summary>
    private bool visibilityChanged;

    private bool workflowTaskEnded;

    /// <summary>Initializes a new instance of the <see cref="Transition"/> class for a run that exists.</summary>
    public Transition(ExecutionState state, TransitionContext context)
    {
        State = state;
        this.context = context;
        wasOpen = state.IsOpen;
    }

    /// <summary>The run as the verbs so far have left it.</summary>
    public ExecutionState State { get; }

    /// <summary>Tasks that wait for a poller because of this transition; one that is started in it disappears.</summary>
    public List<TaskToOffer> Offers { get; } = [];

    private RunKey Run => State.Run;

    private DateTimeOffset Now => context.Now;

    private Limits Limits => context.Limits;

    private void RequireOpen()
    {
        if (!State.IsOpen)
            throw RpcRefusal.WorkflowCompleted();
    }

    /// <summary>The last workflow task tried to close the run and is being repeated: what comes now would keep it from closing again.</summary>
    private void RequireNotClosing()
    {
        if (State is { CloseAttempted: true, HasStartedTask: true })
            throw RpcRefusal.ResourceExhausted("workflow operation can not be applied because workflow is closing", Api.Enums.V1.ResourceExhaustedCause.BusyWorkflow);
    }
}
