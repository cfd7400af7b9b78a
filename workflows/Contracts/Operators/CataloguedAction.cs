namespace Settlement.Workflows.Contracts;

/// <summary>One action of operators.</summary>
/// <param name="Name">Name of the update or the workflow type.</param>
/// <param name="Door">Which of the two it is.</param>
/// <param name="Input">What it takes, a kind of <see cref="OperatorAction"/>.</param>
public sealed record CataloguedAction(string Name, ActionDoor Door, Type Input)
{
    /// <summary>Whether it needs the ticket of a second person.</summary>
    public bool NeedsTicket => Input.IsAssignableTo(typeof(TicketedAction));
}
