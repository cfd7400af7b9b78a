namespace Temporalio.DevServer.Executions;

/// <summary>
/// A unit of work on one run: any number of verbs, then <see cref="Finish"/>. A verb that refuses throws <see cref="RpcRefusal"/> before it has changed
/// anything. Any other exception means that the state must be dropped and loaded again.
/// </summary>
internal sealed partial class Transition
{
    private readonly TransitionContext context;

    /// <summary>Initializes a new instance of the <see cref="Transition"/> class for a run that exists.</summary>
    public Transition(ExecutionState state, TransitionContext context)
    {
        State = state;
        this.context = context;
    }

    /// <summary>The run as the verbs so far have left it.</summary>
    public ExecutionState State { get; }

    /// <summary>Tasks that wait for a poller because of this transition; one that is started in it disappears.</summary>
    public List<TaskToOffer> Offers { get; } = [];

    /// <summary>Ends the unit of work.</summary>
    public TransitionResult Finish() => throw new NotSupportedException();
}
